/* SPDX-License-Identifier: MIT */
#include "measurements.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

enum { SITE = 7, OTHER = 9 };

static const enum figures_kind KIND = FIGURES_BUFFER;

static struct figures *figures;
static struct measurements measurements;
static const struct thread *const main_thread = (const struct thread *)8;
static const struct thread *const coroutine = (const struct thread *)16;

static void begin(void) {
    figures = mmap(NULL, sizeof *figures, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    cr_assert_neq((void *)figures, MAP_FAILED);
    measurements_init(&measurements, figures);
}

static void finish(void) {
    measurements_finish(&measurements);
    munmap(figures, sizeof *figures);
}

TestSuite(measurements, .init = begin, .fini = finish);

/* As the allocator and the ledger do it. Its birth. */
static uint32_t charge(uint32_t site, uint64_t size) {
    figures->live += size;
    if (!measurements_on(&measurements))
        return 0;
    measurements_charge(&measurements, site, KIND, size);
    return figures->windows.epochs.now;
}

static void release(uint32_t site, uint32_t birth, uint64_t size) {
    figures->live -= size;
    if (measurements_on(&measurements))
        measurements_release(&measurements, site, KIND, birth, size);
}

static uint64_t live(uint32_t site, int column) {
    const struct windows_epochs *epochs = &figures->windows.epochs;
    return epochs->live[column][epochs->row_of_cell[figures_cell_number(site, KIND)]];
}

static uint32_t find(const char *name) {
    int found = measurements_find(&measurements, name);
    cr_assert_geq(found, 0);
    return (uint32_t)found;
}

static const struct window *window(uint32_t measurement, uint64_t number) {
    const struct window *found =
        &figures->windows.measurements[measurement].kept[number % WINDOWS_KEPT];
    cr_assert_eq(found->number, number);
    return found;
}

/* What the site did in the window; nothing if nothing is known. */
static struct window_share share(uint32_t measurement, uint64_t number, uint32_t site) {
    const struct windows_figures *windows = &figures->windows;
    for (uint32_t i = 0; i < windows->line_count; i++) {
        const struct window_line *line = &windows->lines[i];
        if (line->measurement == measurement && line->site == site &&
            line->recent[number % WINDOWS_RECENT].window == number)
            return line->recent[number % WINDOWS_RECENT];
    }
    return (struct window_share){0};
}

Test(measurements, a_name_is_one_measurement) {
    cr_assert_eq(find("a"), 0);
    cr_assert_eq(find("b"), 1);
    cr_assert_eq(find("a"), 0);
    cr_assert_str_eq(figures->windows.measurements[1].name, "b");
}

Test(measurements, a_long_name_is_cut_between_characters) {
    char name[2 * WINDOWS_NAME_BYTES] = "x";
    while (strlen(name) < WINDOWS_NAME_BYTES)
        strcat(name, "\u00e4");
    uint32_t found = find(name);
    const char *cut = figures->windows.measurements[found].name;
    cr_assert_eq(strlen(cut), WINDOWS_NAME_BYTES - 1, "an x and characters of two bytes each");
    cr_assert_eq(find(name), found);
}

Test(measurements, there_is_room_for_so_many) {
    char name[16];
    for (unsigned i = 0; i < WINDOWS_MEASUREMENTS; i++) {
        snprintf(name, sizeof name, "m%u", i);
        find(name);
    }
    cr_assert_eq(measurements_find(&measurements, "another"), -ENOSPC);
    cr_assert_eq(measurements_find(&measurements, "m3"), 3);
}

Test(measurements, a_window_holds_what_happens_in_it) {
    uint32_t m = find("m");
    charge(SITE, 1000);
    measurements_open(&measurements, m, main_thread);
    uint32_t birth = charge(SITE, 56);
    charge(OTHER, 24);
    release(SITE, 0, 100);
    cr_assert(measurements_close(&measurements, (int)m, main_thread));
    charge(SITE, 8);
    const struct window *closed = window(m, 1);
    cr_assert_eq(closed->heap_before, 1000);
    cr_assert_eq(closed->heap_after, 980);
    cr_assert_eq(closed->all.allocated, 80);
    cr_assert_eq(closed->all.allocations, 2);
    cr_assert_eq(closed->all.freed, 100);
    cr_assert_eq(share(m, 1, SITE).allocated, 56);
    cr_assert_eq(share(m, 1, SITE).freed, 100);
    cr_assert_eq(share(m, 1, OTHER).allocated, 24);
    cr_assert_eq(closed->first_epoch, birth);
    cr_assert_gt(closed->end_epoch, birth);
}

Test(measurements, a_lap_ends_where_the_next_begins) {
    uint32_t m = find("m");
    measurements_lap(&measurements, m, main_thread);
    charge(SITE, 10);
    measurements_lap(&measurements, m, main_thread);
    charge(SITE, 20);
    measurements_lap(&measurements, m, main_thread);
    cr_assert_eq(figures->windows.measurements[m].closed, 2);
    cr_assert_eq(figures->windows.measurements[m].opened, 3);
    cr_assert_eq(share(m, 1, SITE).allocated, 10);
    cr_assert_eq(share(m, 2, SITE).allocated, 20);
    cr_assert_eq(window(m, 1)->end_epoch, window(m, 2)->first_epoch);
}

Test(measurements, nested_windows_both_hold_it) {
    uint32_t m = find("m");
    measurements_open(&measurements, m, main_thread);
    charge(SITE, 1);
    measurements_open(&measurements, m, main_thread);
    charge(SITE, 2);
    measurements_close(&measurements, (int)m, main_thread);
    charge(SITE, 4);
    measurements_close(&measurements, (int)m, main_thread);
    cr_assert_eq(share(m, 1, SITE).allocated, 7);
    cr_assert_eq(share(m, 2, SITE).allocated, 2);
    cr_assert_not(measurements_close(&measurements, (int)m, main_thread), "none is open");
}

Test(measurements, a_thread_closes_its_own_window_first) {
    uint32_t m = find("m");
    measurements_open(&measurements, m, main_thread);
    measurements_open(&measurements, m, coroutine);
    measurements_close(&measurements, (int)m, main_thread);
    cr_assert_neq(window(m, 1)->end_epoch, 0);
    cr_assert_eq(window(m, 2)->end_epoch, 0);
    measurements_close(&measurements, (int)m, main_thread);
    cr_assert_neq(window(m, 2)->end_epoch, 0, "another thread's, as it has none itself");
}

Test(measurements, a_stop_of_no_name_leaves_laps_alone) {
    uint32_t laps = find("laps"), started = find("started");
    measurements_open(&measurements, started, main_thread);
    measurements_lap(&measurements, laps, main_thread);
    cr_assert(measurements_close(&measurements, MEASUREMENTS_ANY, main_thread));
    cr_assert_neq(window(started, 1)->end_epoch, 0);
    cr_assert_eq(window(laps, 1)->end_epoch, 0);
    cr_assert_not(measurements_close(&measurements, MEASUREMENTS_ANY, main_thread));
}

Test(measurements, a_window_that_is_never_closed_is_given_up) {
    uint32_t m = find("m");
    measurements_open(&measurements, m, coroutine);
    for (unsigned i = 0; i < WINDOWS_RECENT; i++) {
        measurements_open(&measurements, m, main_thread);
        measurements_close(&measurements, (int)m, main_thread);
    }
    cr_assert_eq(figures->windows.measurements[m].kept[1].number, 0);
    cr_assert_not(measurements_close(&measurements, (int)m, main_thread));
    cr_assert_eq(figures->windows.measurements[m].closed, WINDOWS_RECENT);
}

Test(measurements, a_correction_moves_a_charge) {
    uint32_t m = find("m");
    measurements_open(&measurements, m, main_thread);
    uint32_t birth = charge(SITE, 50);
    measurements_correct(&measurements, SITE, OTHER, KIND, 50);
    release(OTHER, birth, 50);
    measurements_close(&measurements, (int)m, main_thread);
    cr_assert_eq(share(m, 1, SITE).allocated, 0);
    cr_assert_eq(share(m, 1, SITE).allocations, 0);
    cr_assert_eq(share(m, 1, OTHER).allocated, 50);
    cr_assert_eq(share(m, 1, OTHER).freed, 50);
    int column = epochs_column(&measurements.epochs, birth);
    cr_assert_eq(live(SITE, column), 0);
    cr_assert_eq(live(OTHER, column), 0);
}

/* A hundred thousand laps, each of which leaves 3 bytes of 10: what lies in shared memory is
   bounded, the last laps are told apart, and nothing is lost. */
Test(measurements, many_laps_are_bounded) {
    enum { LAPS = 100000 };
    uint32_t m = find("m");
    for (unsigned i = 0; i < LAPS; i++) {
        measurements_lap(&measurements, m, main_thread);
        uint32_t birth = charge(SITE, 10);
        release(SITE, birth, 7);
    }
    measurements_lap(&measurements, m, main_thread);
    const struct windows_epochs *epochs = &figures->windows.epochs;
    cr_assert_eq(figures->windows.measurements[m].closed, LAPS);
    cr_assert_leq(epochs->count, WINDOWS_EPOCHS);
    for (uint64_t n = LAPS - WINDOWS_RECENT + 2; n <= LAPS; n++) {
        int column = epochs_column(&measurements.epochs, window(m, n)->first_epoch);
        cr_assert_geq(column, 0);
        cr_assert_eq(live(SITE, column), 3);
        cr_assert_eq(share(m, n, SITE).allocated, 10);
    }
}

static const struct window_line *line_of(uint32_t site) {
    const struct window_line *lines = figures->windows.lines;
    for (uint32_t i = WINDOWS_MEASUREMENTS; i < figures->windows.line_count; i++)
        if (lines[i].site == site)
            return &lines[i];
    cr_assert_fail("no such line");
    return NULL;
}

/* In which SITE keeps 3 bytes and leaves 2 as garbage, of which `garbage` is told. */
static void lap_with_garbage(uint32_t m, uint64_t *garbage) {
    figures->sites[SITE].cells[FIGURES_TABLE].allocated += 5;
    release(SITE, charge(SITE, 7), 2);
    measurements_lap(&measurements, m, main_thread);
    garbage[SITE] += 2;
    if (measurements_due(&measurements))
        measurements_note_living(&measurements, garbage);
}

Test(measurements, points_over_the_whole_run_tell_what_lived) {
    enum { LAPS = 1000 };
    static uint64_t garbage[SITE + OTHER + 1];
    uint32_t m = find("m");
    measurements_lap(&measurements, m, main_thread);
    for (unsigned i = 0; i < LAPS; i++)
        lap_with_garbage(m, garbage);
    const struct measurement *measurement = &figures->windows.measurements[m];
    cr_assert_geq(measurement->point_count, WINDOWS_POINTS / 2);
    for (uint32_t i = 0; i < measurement->point_count; i++) {
        cr_assert_eq(measurement->points[i], (i + 1) * measurement->stride, "spread evenly");
        cr_assert_eq(line_of(SITE)->living[i], 3 * measurement->points[i]);
    }
}

Test(measurements, a_line_that_comes_late_has_lived_at_the_points_before_what_it_had) {
    static uint64_t garbage[SITE + OTHER + 1];
    uint32_t m = find("m");
    figures->sites[OTHER].cells[FIGURES_TABLE].allocated = 100;
    measurements_lap(&measurements, m, main_thread);
    lap_with_garbage(m, garbage);
    charge(OTHER, 50);
    figures->sites[OTHER].cells[FIGURES_TABLE].allocated += 50;
    lap_with_garbage(m, garbage);
    cr_assert_eq(line_of(OTHER)->living[0], 100);
    cr_assert_eq(line_of(OTHER)->living[1], 150);
}

Test(measurements, a_point_that_cannot_be_told_is_passed_over) {
    uint32_t m = find("m");
    measurements_lap(&measurements, m, main_thread);
    cr_assert(!measurements_due(&measurements), "no window has closed");
    measurements_lap(&measurements, m, main_thread);
    cr_assert(measurements_due(&measurements));
    measurements_pass_over(&measurements);
    cr_assert(!measurements_due(&measurements));
    cr_assert_eq(figures->windows.measurements[m].point_count, 0);
    measurements_lap(&measurements, m, main_thread);
    measurements_note_living(&measurements, NULL);
    cr_assert_eq(figures->windows.measurements[m].points[0], 2);
    measurements_clear(&measurements, m);
    cr_assert_eq(figures->windows.measurements[m].point_count, 0);
}

Test(measurements, a_point_that_was_passed_over_comes_as_soon_as_it_can) {
    static uint64_t garbage[SITE + OTHER + 1];
    enum { OFTEN = 500 }; /* so that there is one at every 16th only */
    uint32_t m = find("m");
    const struct measurement *measurement = &figures->windows.measurements[m];
    measurements_lap(&measurements, m, main_thread);
    for (unsigned i = 0; i < OFTEN; i++)
        lap_with_garbage(m, garbage);
    uint64_t last = measurement->points[measurement->point_count - 1];
    cr_assert_eq(measurement->stride, 16);
    while (measurement->closed < last + 20) {
        measurements_lap(&measurements, m, main_thread);
        cr_assert_eq(measurements_due(&measurements), measurement->closed >= last + 16);
        measurements_pass_over(&measurements);
    }
    lap_with_garbage(m, garbage);
    cr_assert_eq(measurement->points[measurement->point_count - 1], last + 21);
}

Test(measurements, snapshots_are_kept_apart) {
    enum { TAKEN = 1000 };
    uint32_t epochs[TAKEN];
    for (unsigned i = 0; i < TAKEN; i++) {
        measurements_snapshot(&measurements);
        epochs[i] = figures->windows.snapshot_epoch;
        charge(SITE, 10);
        measurements_go_on(&measurements);
        charge(SITE, 1);
    }
    cr_assert_leq(figures->windows.epochs.count, WINDOWS_EPOCHS);
    for (unsigned i = TAKEN - WINDOWS_SNAPSHOTS; i < TAKEN; i++)
        cr_assert_geq(live(SITE, epochs_column(&measurements.epochs, epochs[i])), 10);
    int since_it_went_on = epochs_column(&measurements.epochs, figures->windows.stop_epoch);
    cr_assert_eq(live(SITE, since_it_went_on), 1);
}

Test(measurements, an_epoch_in_which_nothing_happened_goes_on) {
    uint32_t m = find("m");
    measurements_snapshot(&measurements);
    uint32_t epoch = figures->windows.snapshot_epoch;
    cr_assert_gt(epoch, 0);
    measurements_go_on(&measurements);
    cr_assert_eq(figures->windows.stop_epoch, epoch);
    measurements_open(&measurements, m, main_thread);
    measurements_close(&measurements, (int)m, main_thread);
    cr_assert_eq(window(m, 1)->first_epoch, epoch);
    cr_assert_eq(window(m, 1)->end_epoch, epoch);
    charge(SITE, 1);
    measurements_snapshot(&measurements);
    cr_assert_eq(figures->windows.snapshot_epoch, epoch + 1);
}
