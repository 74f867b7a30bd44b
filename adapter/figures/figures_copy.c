/* SPDX-License-Identifier: MIT */
/*
 * The order is that of link/figures.h turned round: first what refers to others, then the others;
 * of a block's figures first what is freed, so that what is allocated in between makes nothing
 * negative.
 */
#include "figures_copy.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>

static uint64_t load(const uint64_t *number) {
    return __atomic_load_n(number, __ATOMIC_ACQUIRE);
}

static uint32_t load_short(const uint32_t *number) {
    return __atomic_load_n(number, __ATOMIC_ACQUIRE);
}

static uint32_t within(uint32_t count, uint32_t room) {
    return count < room ? count : room;
}

static uint32_t load_count(const _Atomic uint32_t *count, uint32_t room) {
    return within(atomic_load_explicit(count, memory_order_acquire), room);
}

static void store_count(_Atomic uint32_t *count, uint32_t number) {
    atomic_store_explicit(count, number, memory_order_relaxed);
}

/* ---- windows ---- */

/* That it is closed is known before what it then holds. */
static void copy_window(struct window *to, const struct window *from) {
    uint32_t end = atomic_load_explicit(&from->end_epoch, memory_order_acquire);
    memcpy(to, from, sizeof *to);
    store_count(&to->end_epoch, end);
}

static void copy_measurement(struct measurement *to, const struct measurement *from) {
    memcpy(to->name, from->name, sizeof to->name);
    to->opened = load(&from->opened);
    to->closed = load(&from->closed);
    to->stride = load(&from->stride);
    uint32_t points = load_count(&from->point_count, WINDOWS_POINTS);
    memcpy(to->points, from->points, sizeof to->points);
    store_count(&to->point_count, points);
    for (size_t i = 0; i < WINDOWS_KEPT; i++)
        copy_window(&to->kept[i], &from->kept[i]);
}

static void copy_epochs(struct windows_epochs *to, const struct windows_epochs *from,
                        uint32_t cells) {
    to->now = load_short(&from->now);
    to->count = within(load_short(&from->count), WINDOWS_EPOCHS);
    memcpy(to->first, from->first, sizeof to->first);
    memcpy(to->column, from->column, sizeof to->column);
    memcpy(to->row_of_cell, from->row_of_cell, cells * sizeof *to->row_of_cell);
    to->row_count = within(load_short(&from->row_count), WINDOWS_ROWS);
    memcpy(to->cell_of_row, from->cell_of_row, to->row_count * sizeof *to->cell_of_row);
    for (uint32_t i = 0; i < to->count; i++)
        for (uint32_t row = 0; row < to->row_count; row++)
            to->live[to->column[i]][row] = load(&from->live[to->column[i]][row]);
}

/* But the epochs. */
static void copy_windows(struct windows_figures *to, const struct windows_figures *from) {
    to->stop_epoch = load_short(&from->stop_epoch);
    to->snapshot_epoch = load_short(&from->snapshot_epoch);
    uint32_t measurements = load_count(&from->measurement_count, WINDOWS_MEASUREMENTS);
    uint32_t lines = load_count(&from->line_count, WINDOWS_LINES);
    for (uint32_t i = 0; i < measurements; i++)
        copy_measurement(&to->measurements[i], &from->measurements[i]);
    memcpy(to->lines, from->lines, lines * sizeof *to->lines);
    store_count(&to->measurement_count, measurements);
    store_count(&to->line_count, lines);
}

/* ---- stacks ---- */

static void copy_node(struct stacks_node *to, const struct stacks_node *from) {
    to->parent = load_short(&from->parent);
    to->function = load_short(&from->function);
    to->line = load_short(&from->line);
    to->site = load_short(&from->site);
    to->samples = load_short(&from->samples);
    to->freed_variance = load(&from->freed_variance);
    to->freed = load(&from->freed);
    to->freed_blocks = load(&from->freed_blocks);
    to->allocated = load(&from->allocated);
    to->blocks = load(&from->blocks);
    to->variance = load(&from->variance);
}

static void copy_function(struct stacks_function *to, const struct stacks_function *from) {
    to->source = load_short(&from->source);
    to->line = load_short(&from->line);
    store_count(&to->name, atomic_load_explicit(&from->name, memory_order_acquire));
}

/* A text grows, and what is in it stays: only what is new is copied. */
static void copy_text(char *to, uint32_t *to_bytes, const char *from, const uint32_t *from_bytes,
                      uint32_t room) {
    uint32_t old = *to_bytes, bytes = within(load_short(from_bytes), room - 1);
    if (bytes > old) {
        memcpy(to + old, from + old, bytes - old);
        *to_bytes = bytes;
    }
}

static void copy_stacks(struct stacks_figures *to, const struct stacks_figures *from) {
    to->mean = load(&from->mean);
    uint32_t nodes = load_count(&from->node_count, STACKS_NODES);
    for (uint32_t i = 0; i < nodes; i++)
        copy_node(&to->nodes[i], &from->nodes[i]);
    uint32_t functions = load_count(&from->function_count, STACKS_FUNCTIONS);
    for (uint32_t i = 0; i < functions; i++)
        copy_function(&to->functions[i], &from->functions[i]);
    copy_text(to->text, &to->text_bytes, from->text, &from->text_bytes, STACKS_TEXT);
    store_count(&to->node_count, nodes);
    store_count(&to->function_count, functions);
}

/* ---- lines ---- */

/* Most never get anything. */
static void copy_cell(struct figures_cell *to, const struct figures_cell *from) {
    if ((load(&from->allocations) | to->allocations) == 0)
        return;
    to->frees = load(&from->frees);
    to->freed = load(&from->freed);
    to->allocated = load(&from->allocated);
    to->allocations = load(&from->allocations);
    to->peak_seen = load(&from->peak_seen);
    to->at_peak = load(&from->at_peak);
}

static void copy_site(struct figures_site *to, const struct figures_site *from) {
    to->source = load_short(&from->source);
    to->line = load_short(&from->line);
    for (int kind = 0; kind < FIGURES_KINDS; kind++)
        copy_cell(&to->cells[kind], &from->cells[kind]);
}

static void copy_source(struct figures_source *to, const struct figures_source *from) {
    to->name = load_short(&from->name);
    to->name_bytes = load_short(&from->name_bytes);
    to->path = load_short(&from->path);
}

/* How many there are. */
static uint32_t copy_sites(struct figures *copy, const struct figures *shared) {
    store_count(&copy->last_site, load_count(&shared->last_site, UINT32_MAX));
    uint32_t sites = load_count(&shared->site_count, FIGURES_MAX_SITES);
    copy->live = load(&shared->live);
    copy->peak = load(&shared->peak);
    copy->peaks = load(&shared->peaks);
    copy->collector = load(&shared->collector);
    for (uint32_t i = 0; i < sites; i++)
        copy_site(&copy->sites[i], &shared->sites[i]);
    return sites;
}

static void copy_sources(struct figures *copy, const struct figures *shared) {
    uint32_t sources = load_count(&shared->source_count, FIGURES_MAX_SOURCES);
    for (uint32_t i = 0; i < sources; i++)
        copy_source(&copy->sources[i], &shared->sources[i]);
    store_count(&copy->source_count, sources);
    copy_text(copy->text, &copy->text_bytes, shared->text, &shared->text_bytes, FIGURES_MAX_TEXT);
}

static void copy_timeline(struct timeline_figures *to, const struct timeline_figures *from) {
    uint32_t count = load_count(&from->count, TIMELINE_POINTS);
    to->stretch = load_short(&from->stretch);
    memcpy(to->points, from->points, count * sizeof *to->points);
    store_count(&to->count, count);
}

static bool copy_magic(struct figures *copy, const struct figures *shared) {
    copy->magic = load_short(&shared->magic);
    return copy->magic == FIGURES_MAGIC;
}

/* The rows of epochs are those of the sites that are counted here. */
void figures_copy_into(struct figures *copy, const struct figures *shared) {
    if (!copy_magic(copy, shared))
        return;
    copy_windows(&copy->windows, &shared->windows);
    copy_stacks(&copy->stacks, &shared->stacks);
    uint32_t sites = copy_sites(copy, shared);
    copy_epochs(&copy->windows.epochs, &shared->windows.epochs, sites * FIGURES_KINDS);
    store_count(&copy->site_count, sites);
    copy_sources(copy, shared);
    copy_timeline(&copy->timeline, &shared->timeline);
}

/* ---- its memory: sparse, as what it is of ---- */

int figures_copy_init(struct figures_copy *copy, const struct figures *shared) {
    void *memory = mmap(NULL, sizeof(struct figures), PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    *copy = (struct figures_copy){0};
    if (memory == MAP_FAILED)
        return -errno;
    *copy = (struct figures_copy){.figures = memory, .shared = shared};
    return 0;
}

void figures_copy_read(const struct figures_copy *copy) {
    figures_copy_into((struct figures *)copy->figures, copy->shared);
}

void figures_copy_read_sites(const struct figures_copy *copy) {
    struct figures *figures = (struct figures *)copy->figures;
    if (!copy_magic(figures, copy->shared))
        return;
    copy_stacks(&figures->stacks, &copy->shared->stacks);
    store_count(&figures->site_count, copy_sites(figures, copy->shared));
}

void figures_copy_finish(struct figures_copy *copy) {
    if (copy->figures != NULL)
        munmap((void *)copy->figures, sizeof(struct figures));
    *copy = (struct figures_copy){0};
}
