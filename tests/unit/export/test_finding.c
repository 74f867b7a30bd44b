/* SPDX-License-Identifier: MIT */
#include "finding.h"

#include "handmade_figures.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

enum { LINES = 6 };

static struct figures *figures;
static struct measured_line lines[LINES];
static struct cause causes[LINES];
static struct measured measured;

static void setup(void) {
    figures = handmade_create();
    uint32_t source = handmade_file(figures, "/game/ai.lua");
    for (uint32_t i = 0; i < LINES; i++) {
        uint32_t site = handmade_site(figures, source, 30 + i);
        lines[i].place = (struct lines_row){.site = site, .source = source, .line = 30 + i};
    }
    measured = (struct measured){
        .name = "frame", .windows = 400, .judged = 25, .lines = lines, .causes.list = causes};
}

static void teardown(void) {
    handmade_destroy(figures);
}

TestSuite(finding, .init = setup, .fini = teardown);

static void expect(const char *sentence) {
    char *told = finding_sentence(figures, &measured, "/game");
    cr_assert_str_eq(told, sentence);
    free(told);
}

static void add_cause(const char *holder, int64_t per_window, size_t count) {
    size_t first = measured.suspects;
    causes[measured.causes.count++] = (struct cause){.holder = holder,
                                                     .level = SUSPICION_CERTAIN,
                                                     .kept = 400 * per_window,
                                                     .per_window = per_window,
                                                     .first = first,
                                                     .count = count};
    measured.count = measured.suspects = first + count;
}

static void make(size_t line, enum figures_kind kind, int objects, uint64_t size) {
    for (int i = 0; i < objects; i++)
        handmade_allocate(figures, lines[line].place.site, kind, size);
}

Test(finding, names_the_holder_and_what_it_holds) {
    add_cause("events.listeners.tick", 352, 1);
    make(0, FIGURES_FUNCTION, 313, 40);
    make(0, FIGURES_UPVALUE, 313, 40);
    make(0, FIGURES_TABLE, 313, 56);
    make(0, FIGURES_BUFFER, 1, 1 << 20);
    expect("1 cause keeps 141 KB in 400 frames, certain: events.listeners.tick (313 closures, "
           "ai.lua:30, 352 bytes each)");
}

Test(finding, counts_the_lines_of_a_cause) {
    add_cause("pending", 100, 3);
    make(0, FIGURES_TABLE, 1, 56);
    add_cause("users[*].said", 50, 2);
    make(3, FIGURES_BUFFER, 4, 64);
    expect("2 causes keep 60 KB in 400 frames, certain: pending (1 table, ai.lua:30 and 2 more "
           "lines, 100 bytes each), users[*].said (ai.lua:33 and 1 more line, 50 bytes each)");
}

Test(finding, names_lines_where_no_holder_is_known) {
    add_cause(NULL, 80, 1);
    add_cause(NULL, 25, 1);
    causes[1].level = SUSPICION_LIKELY;
    expect("2 lines keep 42 KB in 400 frames, 1 certain, 1 likely: ai.lua:30 (80 bytes each), "
           "ai.lua:31 (25 bytes each)");
}

Test(finding, names_the_first_causes_only) {
    for (int i = 0; i < LINES; i++)
        add_cause(i == 0 ? "a" : NULL, 10, 1);
    expect(
        "6 causes keep 24 KB in 400 frames, certain: a (ai.lua:30, 10 bytes each), ai.lua:31 (10 "
        "bytes each), ai.lua:32 (10 bytes each), ai.lua:33 (10 bytes each), and 2 more");
}

Test(finding, says_what_would_have_been_found) {
    expect("No leak found in 400 frames; one in every 33 would have been, 19 times of 20");
    measured.judged = 3;
    expect("400 frames tell nothing of leaks: what lives was looked at after 3 of them, 8 are "
           "needed; let it run longer, or use --collect");
}
