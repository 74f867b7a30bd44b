/* SPDX-License-Identifier: MIT */
#include "handmade_figures.h"
#include "ledger.h"
#include "measurements.h"
#include "snapshot.h"

#include <criterion/criterion.h>
#include <string.h>

/* Books as the allocator keeps them, beside a list of blocks that says what is to be found. */
enum { SITES = 6, SITE_0 = FIGURES_PSEUDO_SITES, BLOCKS = 200, MOMENTS = WINDOWS_SNAPSHOTS };

struct block {
    uint32_t site;
    enum figures_kind kind;
    uint32_t birth; /* as the allocator notes it */
    unsigned born;  /* before which moment */
    uint64_t size;  /* 0: it is free */
};

/* What there was, and what the adapter has kept of it. */
struct moment {
    struct block blocks[BLOCKS];
    struct snapshot snapshot;
};

static struct figures *figures;
static struct ledger ledger;
static struct measurements measurements;
static struct block blocks[BLOCKS];
static struct moment moments[MOMENTS];
static unsigned moment_count;

static void setup(void) {
    figures = handmade_create();
    uint32_t file = handmade_file(figures, "/a.lua");
    for (uint32_t i = 0; i < SITES; i++)
        cr_assert_eq(handmade_site(figures, file, i + 1), SITE_0 + i);
    ledger.figures = figures;
    measurements_init(&measurements, figures);
}

static void teardown(void) {
    for (unsigned i = 0; i < moment_count; i++)
        snapshot_finish(&moments[i].snapshot);
    measurements_finish(&measurements);
    handmade_destroy(figures);
}

TestSuite(snapshot, .init = setup, .fini = teardown);

/* ---- what happens ---- */

static struct figures_cell *cell_of(const struct block *block) {
    return ledger_cell(&ledger, block->site, block->kind);
}

static void born(struct block *block) {
    block->born = moment_count;
    block->birth = figures->windows.epochs.now;
    if (measurements_on(&measurements))
        measurements_charge(&measurements, block->site, block->kind, block->size);
}

static void leaves(const struct block *block, uint64_t size) {
    if (measurements_on(&measurements))
        measurements_release(&measurements, block->site, block->kind, block->birth, size);
}

static void allocate(struct block *block, uint32_t site, enum figures_kind kind, uint64_t size) {
    *block = (struct block){.site = site, .kind = kind, .size = size};
    born(block);
    ledger_charge(&ledger, cell_of(block), 0, cell_of(block), size);
}

static void release(struct block *block) {
    leaves(block, block->size);
    ledger_free(&ledger, cell_of(block), block->size);
    block->size = 0;
}

/* It is handed over to the line that makes it grow. */
static void grow(struct block *block, uint32_t site, uint64_t size) {
    struct figures_cell *from = cell_of(block);
    uint64_t old = block->size;
    leaves(block, old);
    block->site = site;
    block->size = size;
    born(block);
    ledger_charge(&ledger, from, old, cell_of(block), size);
}

static void shrink(struct block *block, uint64_t by) {
    leaves(block, by);
    ledger_release(&ledger, cell_of(block), by);
    block->size -= by;
}

/* What was allocated last turns out to be another line's. */
static void correct(struct block *block, uint32_t site) {
    struct figures_cell *wrong = cell_of(block);
    uint32_t wrong_site = block->site;
    block->site = site;
    ledger_correct(&ledger, wrong, cell_of(block), block->size, false);
    if (measurements_on(&measurements))
        measurements_correct(&measurements, wrong_site, site, block->kind, block->size);
}

/* ---- what is seen of it ---- */

static void read_lines(struct lines *lines) {
    cr_assert_eq(lines_read(lines, figures), 0);
}

static size_t earlier_epochs(uint32_t epochs[MOMENTS]) {
    size_t count = 0;
    for (unsigned i = 0; i < moment_count; i++)
        if (count == 0 || epochs[count - 1] < moments[i].snapshot.epoch)
            epochs[count++] = moments[i].snapshot.epoch;
    return count;
}

/* Its number. */
static unsigned take(void) {
    struct lines lines;
    uint32_t earlier[MOMENTS];
    size_t count = earlier_epochs(earlier);
    struct moment *moment = &moments[moment_count];
    measurements_snapshot(&measurements);
    read_lines(&lines);
    memcpy(moment->blocks, blocks, sizeof blocks);
    cr_assert_eq(snapshot_take(&moment->snapshot, &lines), 0);
    cr_assert_eq(snapshot_add_ages(&moment->snapshot, figures, earlier, count), 0);
    lines_finish(&lines);
    return moment_count++;
}

/* The reading between two moments, of now; end with lines_finish(). */
static void compare(struct lines *lines, unsigned since, unsigned until) {
    read_lines(lines);
    snapshot_show(&moments[until].snapshot, lines);
    snapshot_subtract(&moments[since].snapshot, &moments[until].snapshot.ages, lines);
}

static const struct lines_row *row_of(const struct lines *lines, uint32_t site) {
    for (size_t i = 0; i < lines->count; i++)
        if (lines->rows[i].site == site)
            return &lines->rows[i];
    return NULL;
}

static void check_turnover(const struct lines *lines, uint32_t site, enum figures_kind kind,
                           struct lines_turnover expected) {
    static const struct lines_row nothing;
    const struct lines_row *row = row_of(lines, site);
    struct lines_turnover turnover = (row != NULL ? row : &nothing)->turnovers[kind];
    cr_assert_eq(turnover.born, expected.born, "site %u kind %d born", site, kind);
    cr_assert_eq(turnover.survived, expected.survived, "site %u kind %d survived", site, kind);
    cr_assert_eq(turnover.gone, expected.gone, "site %u kind %d gone", site, kind);
}

/* ---- what there must be ---- */

static bool is_in(const struct block *block, uint32_t site, enum figures_kind kind) {
    return block->size > 0 && block->site == site && block->kind == kind;
}

static struct lines_turnover expected_turnover(unsigned since, unsigned until, uint32_t site,
                                               enum figures_kind kind) {
    struct lines_turnover turnover = {0};
    for (int i = 0; i < BLOCKS; i++) {
        const struct block *then = &moments[since].blocks[i], *now = &moments[until].blocks[i];
        if (is_in(then, site, kind))
            turnover.gone += then->size;
        if (is_in(now, site, kind) && now->born > since)
            turnover.born += now->size;
        else if (is_in(now, site, kind))
            turnover.survived += now->size;
    }
    turnover.gone -= turnover.survived;
    return turnover;
}

static void check_pair(unsigned since, unsigned until) {
    struct lines lines;
    compare(&lines, since, until);
    cr_assert(lines.turnover_known, "%u to %u", since, until);
    uint64_t alive = 0, was_alive = 0;
    for (uint32_t site = SITE_0; site < SITE_0 + SITES; site++)
        for (int kind = 0; kind < FIGURES_KINDS; kind++)
            check_turnover(&lines, site, kind, expected_turnover(since, until, site, kind));
    for (int kind = 0; kind < FIGURES_KINDS; kind++) {
        const struct lines_total *total = &lines.kinds[kind];
        cr_assert_eq(total->turnover.born + total->turnover.survived, total->live);
        alive += total->live;
        was_alive += total->turnover.survived + total->turnover.gone;
    }
    cr_assert_eq(alive, moments[until].snapshot.live);
    cr_assert_eq(was_alive, moments[since].snapshot.live);
    lines_finish(&lines);
}

Test(snapshot, what_was_there_before_the_first_one) {
    allocate(&blocks[0], SITE_0, FIGURES_TABLE, 56);
    allocate(&blocks[1], SITE_0, FIGURES_TABLE, 56);
    unsigned first = take();
    release(&blocks[0]);
    allocate(&blocks[2], SITE_0, FIGURES_TABLE, 100);
    unsigned second = take();
    struct lines lines;
    compare(&lines, first, second);
    check_turnover(&lines, SITE_0, FIGURES_TABLE, (struct lines_turnover){100, 56, 56});
    cr_assert_eq(lines.kinds[FIGURES_TABLE].blocks, 2);
    lines_finish(&lines);
    compare(&lines, first, first);
    check_turnover(&lines, SITE_0, FIGURES_TABLE, (struct lines_turnover){0, 112, 0});
    lines_finish(&lines);
}

Test(snapshot, a_block_that_grows_is_born_again_and_one_that_shrinks_is_not) {
    allocate(&blocks[0], SITE_0, FIGURES_BUFFER, 64);
    allocate(&blocks[1], SITE_0, FIGURES_BUFFER, 1000);
    unsigned first = take();
    grow(&blocks[0], SITE_0 + 1, 128);
    shrink(&blocks[1], 300);
    unsigned second = take();
    struct lines lines;
    compare(&lines, first, second);
    check_turnover(&lines, SITE_0, FIGURES_BUFFER, (struct lines_turnover){0, 700, 364});
    check_turnover(&lines, SITE_0 + 1, FIGURES_BUFFER, (struct lines_turnover){128, 0, 0});
    cr_assert_eq(lines.kinds[FIGURES_BUFFER].blocks, 2);
    lines_finish(&lines);
}

/* A stack that Lua moves by hand: a new block, charged to an innocent line, then the old one goes.
 */
Test(snapshot, a_late_correction_is_of_neither_moment) {
    allocate(&blocks[0], SITE_0, FIGURES_BUFFER, 720);
    unsigned first = take();
    allocate(&blocks[1], SITE_0 + 1, FIGURES_BUFFER, 1440);
    release(&blocks[0]);
    correct(&blocks[1], SITE_0);
    unsigned second = take();
    struct lines lines;
    compare(&lines, first, second);
    check_turnover(&lines, SITE_0, FIGURES_BUFFER, (struct lines_turnover){1440, 0, 720});
    check_turnover(&lines, SITE_0 + 1, FIGURES_BUFFER, (struct lines_turnover){0, 0, 0});
    cr_assert_null(row_of(&lines, SITE_0 + 1), "it holds nothing and did nothing");
    lines_finish(&lines);
}

Test(snapshot, from_the_start_everything_is_new) {
    static const struct snapshot start = {0};
    allocate(&blocks[0], SITE_0, FIGURES_STRING, 30);
    unsigned first = take();
    struct lines lines;
    read_lines(&lines);
    snapshot_show(&moments[first].snapshot, &lines);
    snapshot_subtract(&start, &moments[first].snapshot.ages, &lines);
    cr_assert(lines.turnover_known);
    check_turnover(&lines, SITE_0, FIGURES_STRING, (struct lines_turnover){30, 0, 0});
    lines_finish(&lines);
}

Test(snapshot, until_now) {
    struct lines lines;
    struct ages now;
    allocate(&blocks[0], SITE_0, FIGURES_TABLE, 56);
    unsigned first = take();
    allocate(&blocks[1], SITE_0, FIGURES_TABLE, 56);
    read_lines(&lines);
    cr_assert_eq(ages_read(&now, figures, &moments[first].snapshot.epoch, 1), 0);
    snapshot_subtract(&moments[first].snapshot, &now, &lines);
    check_turnover(&lines, SITE_0, FIGURES_TABLE, (struct lines_turnover){56, 56, 0});
    lines_finish(&lines);
    ages_finish(&now);
}

/* ---- growth ---- */

/* The growth of a line from the snapshot on. */
static int64_t growth_since(const struct snapshot *snapshot, uint32_t site) {
    struct lines lines;
    read_lines(&lines);
    snapshot_measure(snapshot, &lines);
    int64_t growth = row_of(&lines, site)->growth;
    lines_finish(&lines);
    return growth;
}

Test(snapshot, growth_is_measured_from_it_and_may_be_negative) {
    handmade_allocate(figures, SITE_0, FIGURES_TABLE, 1000);
    handmade_allocate(figures, SITE_0, FIGURES_STRING, 7);
    handmade_allocate(figures, SITE_0 + 1, FIGURES_TABLE, 500);
    unsigned first = take();
    handmade_free(figures, SITE_0, FIGURES_TABLE, 400);
    handmade_allocate(figures, SITE_0 + 2, FIGURES_STRING, 30);
    cr_assert_eq(growth_since(&moments[first].snapshot, SITE_0), -400);
    cr_assert_eq(growth_since(&moments[first].snapshot, SITE_0 + 1), 0);
    cr_assert_eq(growth_since(&moments[first].snapshot, SITE_0 + 2), 30);
    unsigned second = take();
    cr_assert_eq(growth_since(&moments[second].snapshot, SITE_0), 0);
    cr_assert_eq(growth_since(&moments[second].snapshot, SITE_0 + 2), 0);
    static const struct snapshot start = {0};
    cr_assert_eq(growth_since(&start, SITE_0), 607);
}

Test(snapshot, it_knows_how_often_a_line_had_allocated) {
    handmade_allocate(figures, SITE_0 + 1, FIGURES_TABLE, 10);
    handmade_allocate(figures, SITE_0 + 1, FIGURES_STRING, 10);
    handmade_allocate(figures, SITE_0 + 1, FIGURES_STRING, 10);
    handmade_allocate(figures, SITE_0 + 3, FIGURES_TABLE, 10);
    unsigned first = take();
    handmade_allocate(figures, SITE_0 + 1, FIGURES_TABLE, 10);
    const uint64_t expected[] = {0, 3, 0, 1, 0};
    for (uint32_t i = 0; i < sizeof expected / sizeof *expected; i++)
        cr_assert_eq(snapshot_allocations(&moments[first].snapshot, SITE_0 + i), expected[i]);
}

/* ---- between any two ---- */

/* So random events, and between any two of as many moments as are kept the blocks themselves say
   what became of them; windows of a measurement, which have epochs too, come and go meanwhile. */
static uint32_t next_random(void) {
    static uint32_t state = 7;
    state = state * 1664525u + 1013904223u;
    return state >> 8;
}

static void change(struct block *block) {
    uint32_t site = SITE_0 + next_random() % SITES, size = 1 + next_random() % 500;
    if (block->size == 0)
        allocate(block, site, next_random() % FIGURES_KINDS, size);
    else if (next_random() % 3 == 0)
        grow(block, site, block->size + size);
    else if (block->size > size && next_random() % 2 == 0)
        shrink(block, size);
    else
        release(block);
    if (block->size > 0 && next_random() % 10 == 0) {
        grow(block, site, block->size + 1);
        correct(block, SITE_0 + next_random() % SITES);
    }
}

Test(snapshot, between_any_two_of_many_moments) {
    uint32_t laps = (uint32_t)measurements_find(&measurements, "laps");
    while (moment_count < MOMENTS) {
        for (uint32_t events = next_random() % 40; events > 0; events--)
            change(&blocks[next_random() % BLOCKS]);
        if (next_random() % 3 == 0)
            for (int i = 0; i < 30; i++) {
                measurements_lap(&measurements, laps, NULL);
                change(&blocks[next_random() % BLOCKS]);
            }
        take();
        if (next_random() % 2 == 0)
            measurements_go_on(&measurements);
    }
    cr_assert_gt(figures->windows.epochs.now, 2 * WINDOWS_EPOCHS, "epochs have been merged");
    for (unsigned until = 0; until < MOMENTS; until++)
        for (unsigned since = 0; since <= until; since++)
            check_pair(since, until);
}

Test(snapshot, what_is_not_told_apart_any_more_is_not_known) {
    struct lines lines;
    allocate(&blocks[0], SITE_0, FIGURES_TABLE, 56);
    unsigned first = take();
    allocate(&blocks[1], SITE_0, FIGURES_TABLE, 56);
    unsigned second = take();
    epochs_merge(&measurements.epochs, &moments[second].snapshot.epoch, 1);
    allocate(&blocks[2], SITE_0, FIGURES_TABLE, 56);
    unsigned third = take();
    compare(&lines, first, third);
    cr_assert_not(lines.turnover_known);
    cr_assert_eq(row_of(&lines, SITE_0)->growth, 112, "that is known all the same");
    lines_finish(&lines);
    compare(&lines, second, third);
    check_turnover(&lines, SITE_0, FIGURES_TABLE, (struct lines_turnover){56, 112, 0});
    lines_finish(&lines);
    compare(&lines, first, second);
    check_turnover(&lines, SITE_0, FIGURES_TABLE, (struct lines_turnover){56, 56, 0});
    lines_finish(&lines);
}

Test(snapshot, with_cells_that_found_no_room_nothing_is_known) {
    struct lines lines;
    allocate(&blocks[1], SITE_0, FIGURES_TABLE, 56);
    unsigned first = take();
    figures->windows.epochs.row_count = WINDOWS_ROWS;
    allocate(&blocks[0], SITE_0, FIGURES_STRING, 30);
    unsigned second = take();
    compare(&lines, first, second);
    cr_assert_not(lines.turnover_known);
    lines_finish(&lines);
}
