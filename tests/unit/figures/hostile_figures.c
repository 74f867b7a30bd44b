/* SPDX-License-Identifier: MIT */
#include "hostile_figures.h"

#include <criterion/criterion.h>
#include <stdbool.h>
#include <string.h>

/* So many of an array: with all of them a reading takes too long for many. */
enum { SOME = 200, SOME_TEXT = 8192 };

/* splitmix64 (Steele, Lea, Flood 2014). */
static uint64_t next(uint64_t *state) {
    uint64_t mixed = *state += UINT64_C(0x9e3779b97f4a7c15);
    mixed = (mixed ^ mixed >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ mixed >> 31;
}

/* The greater half are small ones, which mean something. */
static uint64_t number(uint64_t *state) {
    static const uint64_t extremes[] = {0,
                                        1,
                                        INT32_MAX,
                                        UINT32_MAX,
                                        UINT32_MAX - 1,
                                        INT64_MAX,
                                        (uint64_t)INT64_MAX + 1,
                                        UINT64_MAX,
                                        UINT64_MAX - 1,
                                        FIGURES_MAX_SITES,
                                        FIGURES_MAX_SITES - 1,
                                        FIGURES_MAX_TEXT - 1,
                                        STACKS_TEXT,
                                        WINDOWS_ROWS,
                                        WINDOWS_KEPT + 1};
    uint64_t random = next(state);
    switch (random % 8) {
    case 0:
        return next(state);
    case 1:
    case 2:
        return extremes[next(state) % (sizeof extremes / sizeof *extremes)];
    default:
        return next(state) % SOME;
    }
}

static void fill_longs(void *array, size_t bytes, uint64_t *state) {
    for (uint64_t *at = array; bytes >= sizeof *at; at++, bytes -= sizeof *at)
        *at = number(state);
}

static void fill_shorts(void *array, size_t bytes, uint64_t *state) {
    for (uint32_t *at = array; bytes >= sizeof *at; at++, bytes -= sizeof *at)
        *at = (uint32_t)number(state);
}

static void fill_text(char *text, size_t bytes, uint64_t *state) {
    for (size_t i = 0; i < bytes; i++)
        text[i] = (char)next(state);
}

static uint32_t count(uint64_t *state) {
    return next(state) % 64 == 0 ? UINT32_MAX : (uint32_t)(next(state) % SOME);
}

/* With counts that are too large for all there is room for, a reading is long: seldom. */
static void fill_counts(struct figures *figures, uint64_t *state) {
    figures->source_count = count(state);
    figures->site_count = (uint32_t)(next(state) % SOME);
    figures->text_bytes = (uint32_t)number(state);
    figures->windows.measurement_count = next(state) % 4 == 0 ? UINT32_MAX : 2;
    figures->windows.line_count = (uint32_t)(next(state) % SOME);
    figures->windows.epochs.count = count(state);
    figures->windows.epochs.row_count = (uint32_t)(next(state) % SOME);
    figures->stacks.function_count = (uint32_t)(next(state) % SOME);
    figures->stacks.node_count = (uint32_t)(next(state) % SOME);
    figures->stacks.text_bytes = (uint32_t)number(state);
    figures->timeline.count = count(state);
}

static void fill_windows(struct windows_figures *windows, uint64_t *state) {
    fill_shorts(windows->epochs.first, sizeof windows->epochs.first, state);
    fill_text((char *)windows->epochs.column, sizeof windows->epochs.column, state);
    fill_shorts(windows->epochs.row_of_cell, sizeof(uint32_t[SOME][FIGURES_KINDS]), state);
    fill_shorts(windows->epochs.cell_of_row, SOME * sizeof(uint32_t), state);
    for (uint32_t i = 0; i < WINDOWS_EPOCHS; i++)
        fill_longs(windows->epochs.live[i], SOME * sizeof windows->epochs.live[i][0], state);
    windows->stop_epoch = (uint32_t)number(state);
    windows->snapshot_epoch = (uint32_t)number(state);
    for (int i = 0; i < 2; i++) {
        struct measurement *measurement = &windows->measurements[i];
        fill_longs(measurement->points, sizeof measurement->points, state);
        fill_longs(measurement->kept, sizeof measurement->kept, state);
        for (size_t n = 0; next(state) % 4 != 0 && n < WINDOWS_KEPT; n++)
            measurement->kept[n].number = n;
        measurement->opened = number(state);
        measurement->closed = number(state);
        measurement->point_count = (uint32_t)number(state);
        fill_text(measurement->name, sizeof measurement->name, state);
    }
    fill_longs(windows->lines, SOME * sizeof *windows->lines, state);
    for (int i = 0; i < SOME; i++) {
        windows->lines[i].measurement = (uint32_t)(next(state) % 3);
        windows->lines[i].site = (uint32_t)number(state);
    }
}

static void fill_stacks(struct stacks_figures *stacks, uint64_t *state) {
    stacks->mean = number(state);
    fill_shorts(stacks->functions, SOME * sizeof *stacks->functions, state);
    fill_longs(stacks->nodes, SOME * sizeof *stacks->nodes, state);
    for (uint32_t i = 1; i < SOME; i++) {
        stacks->nodes[i].parent = next(state) % 8 == 0 ? (uint32_t)number(state) : i / 2;
        stacks->nodes[i].function = next(state) % 8 == 0 ? (uint32_t)number(state) : i % 5;
    }
    fill_text(stacks->text, SOME_TEXT, state);
}

void hostile_fill(struct figures *figures, uint64_t seed) {
    uint64_t state = seed;
    fill_counts(figures, &state);
    fill_longs(&figures->live, 4 * sizeof figures->live, &state);
    fill_shorts(figures->sources, SOME * sizeof *figures->sources, &state);
    fill_longs(figures->sites, SOME * sizeof *figures->sites, &state);
    for (int i = 0; i < SOME; i++)
        figures->sites[i].source = (uint32_t)number(&state);
    fill_text(figures->text, SOME_TEXT, &state);
    fill_windows(&figures->windows, &state);
    fill_stacks(&figures->stacks, &state);
    fill_longs(figures->timeline.points, sizeof figures->timeline.points, &state);
    figures->magic = FIGURES_MAGIC;
}

/* Between what is right and what is not, as often as can be: between two reads of a number it must
   not seldom be another. */
static void toggle(struct figures *figures, uint32_t i) {
    struct windows_figures *windows = &figures->windows;
    bool right = i % 2 == 0;
    windows->line_count = right ? 3 : SOME;
    windows->lines[i % 4].site = right ? i % SOME : UINT32_MAX;
    windows->measurements[0].opened = right ? 8 : UINT64_MAX;
    windows->measurements[0].point_count = right ? 1 : UINT32_MAX;
    windows->measurements[0].kept[i % WINDOWS_KEPT].number = right ? i % WINDOWS_KEPT : 0;
    windows->epochs.count = right ? 2 : UINT32_MAX;
    windows->epochs.row_of_cell[i % SOME] = right ? 1 : UINT32_MAX;
    figures->sources[i % 8].name = right ? 1 : FIGURES_MAX_TEXT - 1;
    figures->sources[i % 8].name_bytes = right ? 2 : UINT32_MAX;
    figures->sources[i % 8].path = right ? 0 : FIGURES_MAX_TEXT - 1;
    figures->site_count = right ? 7 : SOME;
    figures->stacks.function_count = right ? 5 : SOME;
    figures->stacks.functions[i % 8].name = right ? 1 : UINT32_MAX;
    figures->text[FIGURES_MAX_TEXT - 1] = right ? '\0' : 'x';
}

static void *write_on(void *data) {
    struct hostile_writer *writer = data;
    for (uint64_t seed = 1; !writer->over; seed++) {
        hostile_fill(writer->figures, seed);
        for (uint32_t i = 0; i < 1000000 && !writer->over; i++)
            toggle(writer->figures, i);
    }
    return NULL;
}

void hostile_start(struct hostile_writer *writer, struct figures *figures) {
    *writer = (struct hostile_writer){.figures = figures};
    hostile_fill(figures, 0);
    cr_assert_eq(pthread_create(&writer->thread, NULL, write_on, writer), 0);
}

void hostile_stop(struct hostile_writer *writer) {
    writer->over = 1;
    pthread_join(writer->thread, NULL);
}
