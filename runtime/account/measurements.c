/* SPDX-License-Identifier: MIT */
#include "measurements.h"

#include "text.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static_assert(sizeof((struct windows_epochs *)0)->row_of_cell ==
                  sizeof(uint32_t[FIGURES_MAX_CELLS]),
              "every cell may have a row");

void measurements_init(struct measurements *measurements, struct figures *figures) {
    *measurements = (struct measurements){.figures = figures};
    if (figures == NULL)
        return;
    measurements->epochs.shared = &figures->windows.epochs;
    for (uint32_t i = 0; i < WINDOWS_MEASUREMENTS; i++)
        figures->windows.lines[i] =
            (struct window_line){.measurement = i, .site = FIGURES_OVERFLOW};
    figures->windows.line_count = WINDOWS_MEASUREMENTS;
}

void measurements_finish(struct measurements *measurements) {
    epochs_finish(&measurements->epochs);
    free(measurements->open.items);
    for (size_t i = 0; i < WINDOWS_MEASUREMENTS; i++)
        free(measurements->lines[i]);
}

/* ---- names ---- */

/* How much of the name fits, without cutting a character. */
static size_t fitting(const char *name) {
    size_t size = 0, next = strlen(name) > 0 ? 1 : 0;
    while (name[size] != '\0' && next > 0) {
        next = text_sequence(name + size, strlen(name + size));
        if (size + next >= WINDOWS_NAME_BYTES)
            break;
        size += next;
    }
    return size;
}

int measurements_find(struct measurements *measurements, const char *name) {
    struct windows_figures *windows = &measurements->figures->windows;
    uint32_t count = atomic_load_explicit(&windows->measurement_count, memory_order_relaxed);
    size_t size = fitting(name);
    for (uint32_t i = 0; i < count; i++) {
        const char *other = windows->measurements[i].name;
        if (strlen(other) == size && memcmp(other, name, size) == 0)
            return (int)i;
    }
    if (count == WINDOWS_MEASUREMENTS)
        return -ENOSPC;
    memcpy(windows->measurements[count].name, name, size);
    atomic_store_explicit(&windows->measurement_count, count + 1, memory_order_release);
    return (int)count;
}

void measurements_correct(struct measurements *measurements, uint32_t wrong, uint32_t right,
                          enum figures_kind kind, uint64_t size) {
    struct epoch_total *from = epochs_total(&measurements->epochs, wrong);
    uint32_t now = measurements->epochs.shared->now;
    from->allocations--;
    from->allocated -= size;
    epochs_release(&measurements->epochs, figures_cell_number(wrong, kind), now, size);
    measurements_charge(measurements, right, kind, size);
}

/* ---- the windows that are open ---- */

static struct measurement *measurement_at(struct measurements *measurements, uint32_t index) {
    return &measurements->figures->windows.measurements[index];
}

static struct window *window_of(struct measurements *measurements,
                                const struct measurements_open *open) {
    struct measurement *measurement = measurement_at(measurements, open->measurement);
    return &measurement->kept[open->number % WINDOWS_KEPT];
}

static uint64_t live_of(const struct measurements *measurements, uint32_t site) {
    uint64_t live = 0;
    for (int kind = 0; kind < FIGURES_KINDS; kind++)
        live += figures_live(&measurements->figures->sites[site].cells[kind]);
    return live;
}

/* What lived until now has lived at all points before, as far as is known. */
static void fill_points(struct measurements *measurements, struct window_line *line) {
    const struct epoch_total *total = &measurements->epochs.totals[line->site];
    uint64_t before = live_of(measurements, line->site) - total->allocated + total->freed;
    uint32_t count = measurements->figures->windows.measurements[line->measurement].point_count;
    for (uint32_t i = 0; i < count; i++)
        line->living[i] = before;
}

static uint32_t new_line(struct measurements *measurements, uint32_t measurement, uint32_t site) {
    struct windows_figures *windows = &measurements->figures->windows;
    uint32_t index = atomic_load_explicit(&windows->line_count, memory_order_relaxed);
    if (index == WINDOWS_LINES)
        return measurement;
    windows->lines[index].measurement = measurement;
    windows->lines[index].site = site;
    fill_points(measurements, &windows->lines[index]);
    atomic_store_explicit(&windows->line_count, index + 1, memory_order_release);
    return index;
}

static bool make_line_room(struct measurements *measurements, uint32_t measurement, uint32_t site) {
    size_t room = (size_t)site * 2 + 256, old = measurements->line_room[measurement];
    uint32_t *lines = realloc(measurements->lines[measurement], room * sizeof *lines);
    if (lines == NULL)
        return false;
    memset(lines + old, 0, (room - old) * sizeof *lines);
    measurements->lines[measurement] = lines;
    measurements->line_room[measurement] = room;
    return true;
}

static struct window_line *line_of(struct measurements *measurements, uint32_t measurement,
                                   uint32_t site) {
    struct window_line *lines = measurements->figures->windows.lines;
    if (site >= measurements->line_room[measurement] &&
        !make_line_room(measurements, measurement, site))
        return &lines[measurement];
    uint32_t *index = &measurements->lines[measurement][site];
    if (*index == 0)
        *index = new_line(measurements, measurement, site);
    return &lines[*index];
}

static void add(struct window_share *to, const struct epoch_total *total) {
    to->allocations += total->allocations;
    to->allocated += total->allocated;
    to->freed += total->freed;
}

static void add_total(struct measurements *measurements, const struct measurements_open *open,
                      uint32_t site) {
    const struct epoch_total *total = &measurements->epochs.totals[site];
    struct window_line *line = line_of(measurements, open->measurement, site);
    struct window_share *recent = &line->recent[open->number % WINDOWS_RECENT];
    if (recent->window != open->number)
        *recent = (struct window_share){.window = open->number};
    add(recent, total);
    add(&window_of(measurements, open)->all, total);
}

/* What happened in the epoch that ends belongs to every window that is open. */
static void hand_out_totals(struct measurements *measurements) {
    struct epochs *epochs = &measurements->epochs;
    for (size_t i = 0; i < measurements->open.count; i++)
        for (size_t t = 0; t < epochs->touched_count; t++)
            add_total(measurements, &measurements->open.items[i], epochs->touched[t]);
    epochs_clear_totals(epochs);
}

/* ---- epochs that somebody may still ask for ---- */

struct needed {
    uint32_t *serials;
    size_t count;
};

static void need_window(struct needed *needed, const struct window *window) {
    needed->serials[needed->count++] = window->first_epoch;
    if (window->end_epoch != 0)
        needed->serials[needed->count++] = window->end_epoch;
}

static void need_windows(struct needed *needed, const struct measurement *measurement) {
    uint64_t n = measurement->opened > WINDOWS_RECENT ? measurement->opened - WINDOWS_RECENT : 0;
    while (n++ < measurement->opened) {
        const struct window *window = &measurement->kept[n % WINDOWS_KEPT];
        if (window->number == n) /* else it was given up */
            need_window(needed, window);
    }
}

static int compare_serials(const void *a, const void *b) {
    const uint32_t *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

static void sort_once(struct needed *needed) {
    size_t kept = 0;
    qsort(needed->serials, needed->count, sizeof *needed->serials, compare_serials);
    for (size_t i = 0; i < needed->count; i++)
        if (kept == 0 || needed->serials[kept - 1] != needed->serials[i])
            needed->serials[kept++] = needed->serials[i];
    needed->count = kept;
}

/* Without memory for the list nothing is told apart any more. */
static void make_room_for_epoch(struct measurements *measurements) {
    const struct windows_figures *windows = &measurements->figures->windows;
    size_t of_each = 2 * (size_t)WINDOWS_RECENT;
    size_t most = windows->measurement_count * of_each + WINDOWS_SNAPSHOTS + 1;
    struct needed needed = {.serials = malloc(most * sizeof *needed.serials)};
    if (needed.serials != NULL) {
        for (uint32_t i = 0; i < windows->measurement_count; i++)
            need_windows(&needed, &windows->measurements[i]);
        for (unsigned i = 0; i < measurements->snapshot_count && i < WINDOWS_SNAPSHOTS; i++)
            needed.serials[needed.count++] = measurements->snapshots[i];
        needed.serials[needed.count++] = windows->stop_epoch;
        sort_once(&needed);
    }
    epochs_merge(&measurements->epochs, needed.serials, needed.count);
    free(needed.serials);
}

/* One in which nothing has happened yet goes on. 0 if memory is out at the very first. */
static uint32_t next_epoch(struct measurements *measurements) {
    if (!epochs_open(&measurements->epochs))
        return 0;
    if (measurements_on(measurements) && measurements->epochs.touched_count == 0)
        return measurements->epochs.shared->now;
    hand_out_totals(measurements);
    if (epochs_full(&measurements->epochs))
        make_room_for_epoch(measurements);
    return epochs_begin(&measurements->epochs);
}

void measurements_snapshot(struct measurements *measurements) {
    uint32_t epoch = measurements->figures != NULL ? next_epoch(measurements) : 0;
    if (epoch == 0)
        return;
    measurements->snapshots[measurements->snapshot_count++ % WINDOWS_SNAPSHOTS] = epoch;
    measurements->figures->windows.snapshot_epoch = epoch;
}

void measurements_go_on(struct measurements *measurements) {
    if (measurements->figures != NULL)
        measurements->figures->windows.stop_epoch = next_epoch(measurements);
}

/* ---- opening and closing ---- */

static void forget_open(struct measurements *measurements, size_t index) {
    size_t behind = measurements->open.count - index - 1;
    struct measurements_open *at = &measurements->open.items[index];
    memmove(at, at + 1, behind * sizeof *at);
    measurements->open.count--;
}

/* Its index among the open ones, -1 if it is none. */
static int index_of(const struct measurements *measurements, uint32_t measurement,
                    uint64_t number) {
    for (size_t i = 0; i < measurements->open.count; i++)
        if (measurements->open.items[i].measurement == measurement &&
            measurements->open.items[i].number == number)
            return (int)i;
    return -1;
}

static void give_up(struct measurements *measurements, int index) {
    if (index < 0)
        return;
    window_of(measurements, &measurements->open.items[index])->number = 0;
    forget_open(measurements, (size_t)index);
}

static struct measurements_open *add_open(struct measurements *measurements) {
    return array_add(&measurements->open);
}

/* In the epoch that has just begun. */
static uint64_t open_window(struct measurements *measurements, uint32_t index, bool lap,
                            const struct thread *thread, uint32_t epoch) {
    struct measurement *measurement = measurement_at(measurements, index);
    if (measurement->opened >= WINDOWS_RECENT)
        give_up(measurements,
                index_of(measurements, index, measurement->opened + 1 - WINDOWS_RECENT));
    struct measurements_open *open = add_open(measurements);
    if (open == NULL)
        return 0;
    *open = (struct measurements_open){index, ++measurement->opened, lap, thread};
    struct window *window = window_of(measurements, open);
    atomic_store_explicit(&window->end_epoch, 0, memory_order_relaxed);
    window->all = (struct window_share){.window = open->number};
    window->heap_before = measurements->figures->live;
    window->first_epoch = epoch;
    window->number = open->number;
    return open->number;
}

/* A point that could not be had is due until it can. */
static bool is_due(const struct measurement *measurement) {
    uint32_t count = measurement->point_count;
    uint64_t last = count > 0 ? measurement->points[count - 1] : 0;
    return measurement->closed - last >= measurement->stride;
}

/* Before the epoch that has just begun. */
static void close_window(struct measurements *measurements, size_t index, uint32_t epoch) {
    const struct measurements_open *open = &measurements->open.items[index];
    struct window *window = window_of(measurements, open);
    window->heap_after = measurements->figures->live;
    assert(window->heap_after - window->heap_before == window->all.allocated - window->all.freed);
    struct measurement *measurement = measurement_at(measurements, open->measurement);
    atomic_store_explicit(&window->end_epoch, epoch, memory_order_release);
    measurement->closed++;
    if (measurement->stride == 0)
        measurement->stride = 1;
    if (is_due(measurement))
        measurements->due |= UINT64_C(1) << open->measurement;
    forget_open(measurements, index);
}

/* Its index among the open ones, -1 if there is none. thread: NULL for any. */
static int innermost(const struct measurements *measurements, int measurement,
                     const struct thread *thread) {
    for (size_t i = measurements->open.count; i > 0; i--) {
        const struct measurements_open *open = &measurements->open.items[i - 1];
        bool meant = measurement == MEASUREMENTS_ANY ? !open->lap
                                                     : open->measurement == (uint32_t)measurement;
        if (meant && (thread == NULL || open->thread == thread))
            return (int)(i - 1);
    }
    return -1;
}

uint64_t measurements_open(struct measurements *measurements, uint32_t measurement,
                           const struct thread *thread) {
    uint32_t epoch = next_epoch(measurements);
    return epoch != 0 ? open_window(measurements, measurement, false, thread, epoch) : 0;
}

bool measurements_close(struct measurements *measurements, int measurement,
                        const struct thread *thread) {
    int index = innermost(measurements, measurement, thread);
    if (index < 0)
        index = innermost(measurements, measurement, NULL);
    if (index < 0)
        return false;
    close_window(measurements, (size_t)index, next_epoch(measurements));
    return true;
}

const struct window *measurements_close_number(struct measurements *measurements,
                                               uint32_t measurement, uint64_t number) {
    int index = index_of(measurements, measurement, number);
    if (index < 0)
        return NULL;
    const struct measurements_open *open = &measurements->open.items[index];
    const struct window *window = window_of(measurements, open);
    for (size_t i = measurements->open.count; i > (size_t)index + 1; i--)
        if (measurements->open.items[i - 1].measurement == measurement &&
            measurements->open.items[i - 1].thread == open->thread)
            give_up(measurements, (int)i - 1);
    close_window(measurements, (size_t)index, next_epoch(measurements));
    return window;
}

void measurements_lap(struct measurements *measurements, uint32_t measurement,
                      const struct thread *thread) {
    int index = innermost(measurements, (int)measurement, NULL);
    uint32_t epoch = next_epoch(measurements);
    if (epoch == 0)
        return;
    if (index >= 0)
        close_window(measurements, (size_t)index, epoch);
    open_window(measurements, measurement, true, thread, epoch);
}

void measurements_clear(struct measurements *measurements, uint32_t index) {
    struct windows_figures *windows = &measurements->figures->windows;
    struct measurement *measurement = measurement_at(measurements, index);
    for (size_t i = measurements->open.count; i > 0; i--)
        if (measurements->open.items[i - 1].measurement == index)
            forget_open(measurements, i - 1);
    measurement->opened = measurement->closed = measurement->stride = 0;
    measurement->point_count = 0;
    measurements->due &= ~(UINT64_C(1) << index);
    memset(measurement->kept, 0, sizeof measurement->kept);
    for (uint32_t i = 0; i < windows->line_count; i++)
        if (windows->lines[i].measurement == index)
            memset(windows->lines[i].recent, 0, sizeof windows->lines[i].recent);
}

/* ---- points: what lives at the end of a window ---- */

/* When there is no room half of them go, and from there on only half as many come. */
static void thin_out(struct measurements *measurements, uint32_t index) {
    struct windows_figures *windows = &measurements->figures->windows;
    struct measurement *measurement = measurement_at(measurements, index);
    uint32_t kept[WINDOWS_POINTS], count = 0;
    measurement->stride *= 2;
    for (uint32_t i = 1; i < WINDOWS_POINTS; i += 2)
        kept[count++] = i;
    measurement->point_count = 0; /* to whoever reads meanwhile */
    for (uint32_t i = 0; i < count; i++)
        measurement->points[i] = measurement->points[kept[i]];
    for (uint32_t line = 0; line < windows->line_count; line++)
        for (uint32_t i = 0; i < count && windows->lines[line].measurement == index; i++)
            windows->lines[line].living[i] = windows->lines[line].living[kept[i]];
    atomic_store_explicit(&measurement->point_count, count, memory_order_release);
}

static void add_point(struct measurements *measurements, uint32_t index, const uint64_t *garbage) {
    struct windows_figures *windows = &measurements->figures->windows;
    struct measurement *measurement = measurement_at(measurements, index);
    if (measurement->point_count == WINDOWS_POINTS)
        thin_out(measurements, index);
    if (!is_due(measurement))
        return;
    uint32_t at = measurement->point_count;
    measurement->points[at] = measurement->closed;
    for (uint32_t i = 0; i < windows->line_count; i++) {
        struct window_line *line = &windows->lines[i];
        if (line->measurement == index)
            line->living[at] =
                live_of(measurements, line->site) - (garbage != NULL ? garbage[line->site] : 0);
    }
    atomic_store_explicit(&measurement->point_count, at + 1, memory_order_release);
}

void measurements_note_living(struct measurements *measurements, const uint64_t *garbage) {
    for (uint32_t i = 0; i < WINDOWS_MEASUREMENTS; i++)
        if ((measurements->due >> i & 1) != 0)
            add_point(measurements, i, garbage);
    measurements->due = 0;
}
