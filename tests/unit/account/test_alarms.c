/* SPDX-License-Identifier: MIT */
#include "alarms.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { LINE = FIGURES_PSEUDO_SITES, OTHER };

static struct figures *figures;
static struct alarms alarms;
static int rung;

static void on_ring(void *data) {
    rung++;
}

static void begin(void) {
    figures = mmap(NULL, sizeof *figures, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    cr_assert_neq((void *)figures, MAP_FAILED);
    figures->site_count = OTHER + 1;
    alarms_init(&alarms);
    alarms.on_ring = on_ring;
}

static void finish(void) {
    alarms_finish(&alarms);
    munmap(figures, sizeof *figures);
}

TestSuite(alarms, .init = begin, .fini = finish);

static void set(enum alarm_kind kind, uint64_t bytes) {
    uint64_t above[ALARM_KINDS];
    for (int i = 0; i < ALARM_KINDS; i++)
        above[i] = i == (int)kind ? bytes : UINT64_MAX;
    alarms_set(&alarms, above);
}

static void charge(uint32_t site, uint64_t size) {
    figures->live += size;
    figures->sites[site].cells[FIGURES_TABLE].allocated += size;
    if (alarms.on)
        alarms_charged(&alarms, figures, site, 0, size);
}

static void release(uint32_t site, uint64_t size) {
    figures->live -= size;
    figures->sites[site].cells[FIGURES_TABLE].freed += size;
}

Test(alarms, one_that_nobody_asked_for_is_off) {
    set(ALARM_HEAP, UINT64_MAX);
    cr_assert_not(alarms.on);
}

Test(alarms, the_heap_rings_above_its_figure_once) {
    set(ALARM_HEAP, 100);
    charge(LINE, 100);
    cr_assert_eq(rung, 0, "100 is not above 100");
    charge(OTHER, 1);
    cr_assert_eq(rung, 1);
    cr_assert_eq(alarms.rung.kind, ALARM_HEAP);
    cr_assert_eq(alarms.rung.site, OTHER);
    cr_assert_eq(alarms.rung.bytes, 101);
    cr_assert_eq(alarms.rung.grown, 1);
    charge(LINE, 5);
    alarms_go_on(&alarms, figures);
    charge(LINE, 5);
    cr_assert_eq(rung, 1, "quiet while it stays above");
    release(LINE, 50);
    charge(LINE, 1);
    charge(LINE, 100);
    cr_assert_eq(rung, 2, "it has been below");
}

Test(alarms, growth_counts_from_where_the_program_went_on) {
    set(ALARM_GROWTH, 100);
    charge(LINE, 101);
    cr_assert_eq(rung, 1);
    alarms_go_on(&alarms, figures);
    charge(LINE, 100);
    cr_assert_eq(rung, 1);
    release(LINE, 60);
    charge(LINE, 60);
    cr_assert_eq(rung, 1);
    charge(LINE, 1);
    cr_assert_eq(rung, 2);
    cr_assert_eq(alarms.rung.bytes, 101);
}

Test(alarms, a_line_rings_for_itself) {
    set(ALARM_LINE, 100);
    charge(LINE, 80);
    charge(OTHER, 80);
    charge(FIGURES_STARTUP, 500);
    cr_assert_eq(rung, 0, "pseudo-lines never do");
    charge(LINE, 21);
    cr_assert_eq(rung, 1);
    cr_assert_eq(alarms.rung.site, LINE);
    alarms_go_on(&alarms, figures);
    charge(LINE, 100);
    cr_assert_eq(rung, 1);
    charge(LINE, 1);
    cr_assert_eq(rung, 2);
}

Test(alarms, a_single_allocation) {
    set(ALARM_ALLOCATION, 100);
    charge(LINE, 100);
    charge(LINE, 100);
    cr_assert_eq(rung, 0);
    charge(LINE, 200);
    cr_assert_eq(rung, 1);
    cr_assert_eq(alarms.rung.bytes, 200);
}

Test(alarms, the_debugger_rings_nothing) {
    set(ALARM_HEAP, 100);
    charge(FIGURES_DEBUGGER, 500);
    cr_assert_eq(rung, 0);
}

/* Line 7 of /a.lua is site LINE, line 7 of /b.lua is OTHER. */
static void name_sites(void) {
    static const char paths[] = "\0/a.lua\0/b.lua";
    memcpy(figures->text, paths, sizeof paths);
    figures->sources[1].path = 1;
    figures->sources[2].path = 8;
    figures->sites[LINE] = (struct figures_site){.source = 1, .line = 7};
    figures->sites[OTHER] = (struct figures_site){.source = 2, .line = 7};
}

static void set_line(const char *path, uint32_t line, uint64_t above) {
    struct line_alarm *one = calloc(1, sizeof *one);
    *one = (struct line_alarm){strdup(path), line, above};
    alarms_set_lines(&alarms, figures, one, 1);
}

Test(alarms, a_single_line_rings_by_its_own_growth) {
    name_sites();
    charge(LINE, 1000);
    set_line("/a.lua", 7, 100);
    cr_assert(alarms.on);
    charge(LINE, 100);
    charge(OTHER, 5000);
    cr_assert_eq(rung, 0, "from when it was set on, and of its file alone");
    charge(LINE, 1);
    cr_assert_eq(rung, 1);
    cr_assert_eq(alarms.rung.kind, ALARM_LINE);
    cr_assert_eq(alarms.rung.site, LINE);
    cr_assert_eq(alarms.rung.bytes, 101);
    cr_assert_eq(alarms.rung.limit, 100);
    alarms_go_on(&alarms, figures);
    charge(LINE, 100);
    cr_assert_eq(rung, 1, "from when the program went on");
    charge(LINE, 1);
    cr_assert_eq(rung, 2);
}

Test(alarms, single_lines_and_the_other_figures_leave_one_another_alone) {
    name_sites();
    set(ALARM_HEAP, 10000);
    set_line("/a.lua", 7, 100);
    set(ALARM_ALLOCATION, 1000);
    charge(OTHER, 1001);
    cr_assert_eq(alarms.rung.kind, ALARM_ALLOCATION);
    alarms_go_on(&alarms, figures);
    charge(LINE, 101);
    cr_assert_eq(alarms.rung.kind, ALARM_LINE);
    cr_assert_eq(rung, 2);
    alarms_set_lines(&alarms, figures, NULL, 0);
    cr_assert(alarms.on);
    set(ALARM_HEAP, UINT64_MAX);
    cr_assert_not(alarms.on);
}
