/* SPDX-License-Identifier: MIT */
#include "ledger.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

static struct figures *new_figures(void) {
    void *map = mmap(NULL, sizeof(struct figures), PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    cr_assert_neq(map, MAP_FAILED);
    return map;
}

static void charge(struct ledger *ledger, struct figures_cell *cell, uint64_t size) {
    ledger_charge(ledger, cell, 0, cell, size);
}

Test(ledger, opens_with_the_pseudo_sites) {
    struct ledger ledger;
    struct figures *figures = new_figures();
    ledger_init(&ledger, figures);
    cr_assert_eq(figures->magic, FIGURES_MAGIC);
    cr_assert_eq(figures->site_count, FIGURES_PSEUDO_SITES);
    const struct figures_site *startup = &figures->sites[FIGURES_STARTUP];
    cr_assert_eq(startup->line, 0);
    cr_assert_str_eq(figures->text + figures->sources[startup->source].name, "=(startup)");
    ledger_finish(&ledger);
}

Test(ledger, growth_hands_a_block_over) {
    struct ledger ledger;
    struct figures *figures = new_figures();
    ledger_init(&ledger, figures);
    uint32_t source = ledger_source(&ledger, "@a.lua", 6, "/a.lua");
    struct figures_cell *old = ledger_cell(&ledger, ledger_site(&ledger, source, 1), FIGURES_TABLE);
    struct figures_cell *new = ledger_cell(&ledger, ledger_site(&ledger, source, 2), FIGURES_TABLE);
    charge(&ledger, old, 64);
    ledger_charge(&ledger, old, 64, new, 128);
    cr_assert_eq(old->freed, 64);
    cr_assert_eq(new->allocated, 128);
    cr_assert_eq(old->allocations, 1);
    cr_assert_eq(new->allocations, 1);
    cr_assert_eq(figures->live, 128);
    cr_assert_eq(figures->peak, 128, "the old size and the new are never held together");
    ledger_finish(&ledger);
}

Test(ledger, allocations_less_frees_are_the_blocks_alive) {
    struct ledger ledger;
    ledger_init(&ledger, new_figures());
    struct figures_cell *cell = ledger_cell(&ledger, FIGURES_C, FIGURES_BUFFER);
    struct figures_cell *other = ledger_cell(&ledger, FIGURES_STARTUP, FIGURES_BUFFER);
    charge(&ledger, cell, 100);
    charge(&ledger, cell, 100);
    ledger_release(&ledger, cell, 30);
    cr_assert_eq(cell->allocations - cell->frees, 2, "one that shrinks is still there");
    ledger_charge(&ledger, cell, 70, other, 200);
    cr_assert_eq(cell->allocations - cell->frees, 1, "one that grows goes");
    cr_assert_eq(other->allocations - other->frees, 1, "and comes");
    ledger_free(&ledger, cell, 100);
    cr_assert_eq(cell->allocations - cell->frees, 0);
    cr_assert_eq(figures_live(cell), 0);
    ledger_finish(&ledger);
}

enum { CELLS = 7 };

/* The rule that fixes at_peak lazily, against copying every cell at every peak. */
Test(ledger, at_peak_agrees_with_copying_all_cells) {
    struct ledger ledger;
    struct figures *figures = new_figures();
    ledger_init(&ledger, figures);
    uint32_t source = ledger_source(&ledger, "@a.lua", 6, NULL);
    struct figures_cell *cells[CELLS];
    uint64_t live[CELLS] = {0}, at_peak[CELLS] = {0}, total = 0, peak = 0;
    for (uint32_t i = 0; i < CELLS; i++)
        cells[i] = ledger_cell(&ledger, ledger_site(&ledger, source, i + 1), FIGURES_BUFFER);
    uint32_t random = 7;
    for (int round = 0; round < 5000; round++) {
        random = random * 1664525u + 1013904223u;
        uint32_t i = (random >> 10) % CELLS;
        uint64_t size = (random >> 20) % 100 + 1;
        if (random >> 31 || live[i] < size) {
            charge(&ledger, cells[i], size);
            live[i] += size;
            total += size;
        } else {
            ledger_release(&ledger, cells[i], size);
            live[i] -= size;
            total -= size;
        }
        for (uint32_t j = 0; total > peak && j < CELLS; j++)
            at_peak[j] = live[j];
        peak = total > peak ? total : peak;
        for (uint32_t j = 0; j < CELLS; j++)
            cr_assert_eq(figures_at_peak(figures, cells[j]), at_peak[j]);
    }
    cr_assert_eq(figures->peak, peak);
    cr_assert_eq(figures->live, total);
    ledger_finish(&ledger);
}

Test(ledger, correct_is_as_if_it_had_been_right) {
    struct ledger ledger;
    struct figures *figures = new_figures();
    ledger_init(&ledger, figures);
    struct figures_cell *owner = ledger_cell(&ledger, FIGURES_STARTUP, FIGURES_BUFFER);
    struct figures_cell *innocent = ledger_cell(&ledger, FIGURES_C, FIGURES_BUFFER);
    charge(&ledger, owner, 720);
    bool peak = ledger_charge(&ledger, innocent, 0, innocent, 1440);
    ledger_release(&ledger, owner, 720);
    ledger_correct(&ledger, innocent, owner, 1440, peak);
    cr_assert_eq(innocent->allocations, 0);
    cr_assert_eq(figures_live(innocent), 0);
    cr_assert_eq(figures_at_peak(figures, innocent), 0);
    cr_assert_eq(figures_live(owner), 1440);
    cr_assert_eq(figures_at_peak(figures, owner), 720 + 1440);
    cr_assert_eq(figures->peak, 720 + 1440);
    ledger_finish(&ledger);
}

Test(ledger, a_line_is_one_site) {
    struct ledger ledger;
    struct figures *figures = new_figures();
    ledger_init(&ledger, figures);
    uint32_t sources[] = {ledger_source(&ledger, "@a.lua", 6, "/a.lua"),
                          ledger_source(&ledger, "@b.lua", 6, "/b.lua")};
    const uint32_t lines[] = {0, 1, 2, 1000, INT32_MAX, UINT32_MAX};
    uint32_t sites[2][6];
    for (size_t i = 0; i < 12; i++)
        sites[i / 6][i % 6] = ledger_site(&ledger, sources[i / 6], lines[i % 6]);
    for (size_t i = 0; i < 12; i++) {
        cr_assert_eq(ledger_site(&ledger, sources[i / 6], lines[i % 6]), sites[i / 6][i % 6]);
        cr_assert_eq(figures->sites[sites[i / 6][i % 6]].line, lines[i % 6]);
        cr_assert_eq(figures->sites[sites[i / 6][i % 6]].source, sources[i / 6]);
    }
    cr_assert_eq(figures->site_count, FIGURES_PSEUDO_SITES + 12);
    ledger_finish(&ledger);
}

Test(ledger, too_many_lines_share_one_site) {
    struct ledger ledger;
    struct figures *figures = new_figures();
    ledger_init(&ledger, figures);
    uint32_t source = ledger_source(&ledger, "@a.lua", 6, "/a.lua");
    for (uint32_t i = FIGURES_PSEUDO_SITES; i < FIGURES_MAX_SITES; i++)
        cr_assert_eq(ledger_site(&ledger, source, i), i);
    cr_assert_eq(ledger_site(&ledger, source, 1), FIGURES_OVERFLOW);
    cr_assert_eq(ledger_site(&ledger, source, FIGURES_PSEUDO_SITES), FIGURES_PSEUDO_SITES);
    cr_assert_eq(figures->site_count, FIGURES_MAX_SITES);
    ledger_finish(&ledger);
}

/* A program may load any number of pieces of code; what it requires after that is told apart. */
Test(ledger, code_leaves_room_for_files) {
    struct ledger ledger;
    struct figures *figures = new_figures();
    ledger_init(&ledger, figures);
    char code[40];
    uint32_t source = 0, sources = 0, sites = 0;
    for (int i = 0; source != FIGURES_OVERFLOW; i++, sources++) {
        int size = snprintf(code, sizeof code, "return %d", i);
        source = ledger_source(&ledger, code, (size_t)size, NULL);
    }
    cr_assert_eq(sources - 1, LEDGER_CODE_SOURCES);
    while (ledger_site(&ledger, FIGURES_PSEUDO_SITES, sites + 1) != FIGURES_OVERFLOW)
        sites++;
    cr_assert_eq(sites, LEDGER_CODE_SITES);
    uint32_t file = ledger_source(&ledger, "@a.lua", 6, "/a.lua");
    cr_assert_neq(file, FIGURES_OVERFLOW);
    cr_assert_neq(ledger_site(&ledger, file, 1), FIGURES_OVERFLOW);
    ledger_finish(&ledger);
}

Test(ledger, long_code_leaves_room_for_the_names_of_files) {
    struct ledger ledger;
    ledger_init(&ledger, new_figures());
    static char code[4096];
    memset(code, 'x', sizeof code);
    while (ledger_source(&ledger, code, sizeof code, NULL) != FIGURES_OVERFLOW)
        continue;
    cr_assert_eq(ledger_source(&ledger, "=x", 2, NULL) == FIGURES_OVERFLOW, false, "a short name");
    cr_assert_neq(ledger_source(&ledger, "@a.lua", 6, "/a.lua"), FIGURES_OVERFLOW);
    ledger_finish(&ledger);
}

Test(ledger, what_the_debugger_holds_is_no_peak_of_the_program) {
    struct ledger ledger;
    struct figures *figures = new_figures();
    ledger_init(&ledger, figures);
    struct figures_cell *program = ledger_cell(&ledger, FIGURES_C, FIGURES_TABLE);
    struct figures_cell *debugger = ledger_cell(&ledger, FIGURES_DEBUGGER, FIGURES_STRING);
    charge(&ledger, program, 100);
    ledger.debugged = true;
    charge(&ledger, debugger, 1000);
    cr_assert_eq(figures->peak, 100);
    charge(&ledger, program, 20);
    cr_assert_eq(figures->peak, 120, "its garbage stays behind: the program goes on");
    ledger_free(&ledger, program, 50);
    charge(&ledger, program, 40);
    cr_assert_eq(figures->peak, 120);
    ledger_free(&ledger, debugger, 600);
    charge(&ledger, program, 30);
    cr_assert_eq(figures->peak, 140);
    ledger_charge(&ledger, debugger, 400, program, 500);
    cr_assert_eq(figures->peak, 640, "a block that the program takes over is its own");
    cr_assert_eq(figures_at_peak(figures, program), 640);
    cr_assert_eq(figures_program(figures), 640);
    ledger_finish(&ledger);
}
