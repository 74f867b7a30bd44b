/* SPDX-License-Identifier: MIT */
#include "memory_breakpoints.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { LINE = FIGURES_PSEUDO_SITES, OTHER };

static struct figures *figures;
static struct memory_breakpoints breakpoints;
static int hits;

static void on_hit(void *data) {
    hits++;
}

static void begin(void) {
    figures = mmap(NULL, sizeof *figures, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    cr_assert_neq((void *)figures, MAP_FAILED);
    figures->site_count = OTHER + 1;
    memory_breakpoints_init(&breakpoints);
    breakpoints.on_hit = on_hit;
}

static void finish(void) {
    memory_breakpoints_finish(&breakpoints);
    munmap(figures, sizeof *figures);
}

TestSuite(memory_breakpoints, .init = begin, .fini = finish);

static void set(enum memory_breakpoint_kind kind, uint64_t bytes) {
    uint64_t above[MEMORY_BREAKPOINT_KINDS];
    for (int i = 0; i < MEMORY_BREAKPOINT_KINDS; i++)
        above[i] = i == (int)kind ? bytes : UINT64_MAX;
    memory_breakpoints_set(&breakpoints, above);
}

static void charge(uint32_t site, uint64_t size) {
    figures->live += size;
    figures->sites[site].cells[FIGURES_TABLE].allocated += size;
    if (breakpoints.on)
        memory_breakpoints_charged(&breakpoints, figures, site, 0, size);
}

static void release(uint32_t site, uint64_t size) {
    figures->live -= size;
    figures->sites[site].cells[FIGURES_TABLE].freed += size;
}

Test(memory_breakpoints, one_that_nobody_asked_for_is_off) {
    set(MEMORY_BREAKPOINT_HEAP, UINT64_MAX);
    cr_assert_not(breakpoints.on);
}

Test(memory_breakpoints, the_heap_is_hit_above_its_figure_once) {
    set(MEMORY_BREAKPOINT_HEAP, 100);
    charge(LINE, 100);
    cr_assert_eq(hits, 0, "100 is not above 100");
    charge(OTHER, 1);
    cr_assert_eq(hits, 1);
    cr_assert_eq(breakpoints.last_hit.kind, MEMORY_BREAKPOINT_HEAP);
    cr_assert_eq(breakpoints.last_hit.site, OTHER);
    cr_assert_eq(breakpoints.last_hit.bytes, 101);
    cr_assert_eq(breakpoints.last_hit.grown, 1);
    charge(LINE, 5);
    memory_breakpoints_go_on(&breakpoints, figures);
    charge(LINE, 5);
    cr_assert_eq(hits, 1, "quiet while it stays above");
    release(LINE, 50);
    charge(LINE, 1);
    charge(LINE, 100);
    cr_assert_eq(hits, 2, "it has been below");
}

Test(memory_breakpoints, growth_counts_from_where_the_program_went_on) {
    set(MEMORY_BREAKPOINT_GROWTH, 100);
    charge(LINE, 101);
    cr_assert_eq(hits, 1);
    memory_breakpoints_go_on(&breakpoints, figures);
    charge(LINE, 100);
    cr_assert_eq(hits, 1);
    release(LINE, 60);
    charge(LINE, 60);
    cr_assert_eq(hits, 1);
    charge(LINE, 1);
    cr_assert_eq(hits, 2);
    cr_assert_eq(breakpoints.last_hit.bytes, 101);
}

Test(memory_breakpoints, a_line_is_hit_by_itself) {
    set(MEMORY_BREAKPOINT_LINE, 100);
    charge(LINE, 80);
    charge(OTHER, 80);
    charge(FIGURES_STARTUP, 500);
    cr_assert_eq(hits, 0, "pseudo-lines never do");
    charge(LINE, 21);
    cr_assert_eq(hits, 1);
    cr_assert_eq(breakpoints.last_hit.site, LINE);
    memory_breakpoints_go_on(&breakpoints, figures);
    charge(LINE, 100);
    cr_assert_eq(hits, 1);
    charge(LINE, 1);
    cr_assert_eq(hits, 2);
}

Test(memory_breakpoints, a_single_allocation) {
    set(MEMORY_BREAKPOINT_ALLOCATION, 100);
    charge(LINE, 100);
    charge(LINE, 100);
    cr_assert_eq(hits, 0);
    charge(LINE, 200);
    cr_assert_eq(hits, 1);
    cr_assert_eq(breakpoints.last_hit.bytes, 200);
}

Test(memory_breakpoints, the_debugger_hits_nothing) {
    set(MEMORY_BREAKPOINT_HEAP, 100);
    charge(FIGURES_DEBUGGER, 500);
    cr_assert_eq(hits, 0);
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
    struct memory_breakpoint *one = calloc(1, sizeof *one);
    *one = (struct memory_breakpoint){strdup(path), line, above};
    memory_breakpoints_set_lines(&breakpoints, figures, one, 1);
}

Test(memory_breakpoints, a_single_line_is_hit_by_its_own_growth) {
    name_sites();
    charge(LINE, 1000);
    set_line("/a.lua", 7, 100);
    cr_assert(breakpoints.on);
    charge(LINE, 100);
    charge(OTHER, 5000);
    cr_assert_eq(hits, 0, "from when it was set on, and of its file alone");
    charge(LINE, 1);
    cr_assert_eq(hits, 1);
    cr_assert_eq(breakpoints.last_hit.kind, MEMORY_BREAKPOINT_LINE);
    cr_assert_eq(breakpoints.last_hit.site, LINE);
    cr_assert_eq(breakpoints.last_hit.bytes, 101);
    cr_assert_eq(breakpoints.last_hit.limit, 100);
    memory_breakpoints_go_on(&breakpoints, figures);
    charge(LINE, 100);
    cr_assert_eq(hits, 1, "from when the program went on");
    charge(LINE, 1);
    cr_assert_eq(hits, 2);
}

Test(memory_breakpoints, single_lines_and_the_other_figures_leave_one_another_alone) {
    name_sites();
    set(MEMORY_BREAKPOINT_HEAP, 10000);
    set_line("/a.lua", 7, 100);
    set(MEMORY_BREAKPOINT_ALLOCATION, 1000);
    charge(OTHER, 1001);
    cr_assert_eq(breakpoints.last_hit.kind, MEMORY_BREAKPOINT_ALLOCATION);
    memory_breakpoints_go_on(&breakpoints, figures);
    charge(LINE, 101);
    cr_assert_eq(breakpoints.last_hit.kind, MEMORY_BREAKPOINT_LINE);
    cr_assert_eq(hits, 2);
    memory_breakpoints_set_lines(&breakpoints, figures, NULL, 0);
    cr_assert(breakpoints.on);
    set(MEMORY_BREAKPOINT_HEAP, UINT64_MAX);
    cr_assert_not(breakpoints.on);
}
