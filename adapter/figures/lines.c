/* SPDX-License-Identifier: MIT */
#include "lines.h"

#include "ages.h"
#include "callees.h"
#include "chunk_id.h"
#include "link.h"
#include "sort.h"
#include "text.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- reading: the program may have scribbled over the memory ---- */

static size_t site_count(const struct figures *figures) {
    if (figures->magic != FIGURES_MAGIC)
        return 0;
    return figures->site_count < FIGURES_MAX_SITES ? figures->site_count : FIGURES_MAX_SITES;
}

static size_t source_count(const struct figures *figures) {
    return figures->source_count < FIGURES_MAX_SOURCES ? figures->source_count
                                                       : FIGURES_MAX_SOURCES;
}

static void add_kind(struct lines_row *row, int kind, const struct figures *figures,
                     const struct figures_cell *cell) {
    row->kinds[kind] =
        (struct lines_kind){cell->allocations, cell->frees, cell->allocated, cell->freed};
    row->allocations += cell->allocations;
    row->allocated += cell->allocated;
    row->freed += cell->freed;
    row->live += figures_live(cell);
    if (row->site != FIGURES_DEBUGGER)
        row->at_peak += figures_at_peak(figures, cell);
}

static uint64_t read_retained(const struct figures *figures, const struct lines_row *row) {
    uint32_t stop = figures->windows.stop_epoch;
    return stop == 0 ? row->live : (uint64_t)ages_of_site(figures, row->site, stop, 0);
}

/* What is no line calls nothing. */
static bool may_call(uint32_t site) {
    return site >= FIGURES_PSEUDO_SITES || site == FIGURES_OVERFLOW;
}

/* `row` is all zero. */
static const struct lines_row *read_row(struct lines_row *row, const struct figures *figures,
                                        size_t index, const struct callees *callees) {
    static const struct callees nothing;
    const struct figures_site *site = &figures->sites[index];
    row->site = (uint32_t)index;
    row->source = site->source;
    row->line = site->line;
    for (int kind = 0; kind < FIGURES_KINDS; kind++)
        add_kind(row, kind, figures, &site->cells[kind]);
    row->growth = (int64_t)row->live;
    row->callees = *callees;
    row->below = callees_between(&nothing, callees);
    row->stacks = may_call(row->site) ? figures->stacks.mean : STACKS_ALL;
    return row;
}

static bool ever_allocated(const struct figures_site *site) {
    for (int kind = 0; kind < FIGURES_KINDS; kind++)
        if (site->cells[kind].allocations != 0)
            return true;
    return false;
}

void lines_of_kind(struct lines_row *to, const struct lines_row *row, enum figures_kind kind) {
    const struct lines_kind *of = &row->kinds[kind];
    to->site = row->site;
    to->source = row->source;
    to->line = row->line;
    to->allocations = of->allocations;
    to->allocated = of->allocated;
    to->freed = of->freed;
    to->live = of->allocated - of->freed;
    to->turnover = row->turnovers[kind];
}

const char *lines_kind_name(enum figures_kind kind) {
    static const char *const names[FIGURES_KINDS] = {
        [FIGURES_BUFFER] = "buffer",     [FIGURES_STRING] = "string",
        [FIGURES_TABLE] = "table",       [FIGURES_FUNCTION] = "function",
        [FIGURES_USERDATA] = "userdata", [FIGURES_THREAD] = "thread",
        [FIGURES_UPVALUE] = "upvalue",   [FIGURES_PROTO] = "proto",
    };
    return names[kind];
}

static void add_up(struct lines *lines, const struct lines_row *row) {
    for (int kind = 0; kind < FIGURES_KINDS; kind++)
        lines_add_kind(&lines->kinds[kind], &row->kinds[kind]);
    if (row->site == FIGURES_DEBUGGER)
        lines->debugger = row->live;
}

static void read_heap(struct lines *lines, const struct figures *figures) {
    lines->live = figures->live;
    lines->peak = figures->peak;
    lines->collector = figures->collector;
    lines->stacks = figures->stacks.mean;
    for (size_t i = 0; i < figures->stacks.node_count && i < STACKS_NODES; i++)
        lines->samples += figures->stacks.nodes[i].samples;
}

int lines_read_totals(struct lines *lines, const struct figures *figures) {
    *lines = (struct lines){0};
    size_t sites = site_count(figures);
    if (sites == 0)
        return 0;
    struct callees *callees = callees_read(figures, sites);
    lines->rows = calloc(sites, sizeof *lines->rows);
    if (callees == NULL || lines->rows == NULL) {
        free(callees);
        return -ENOMEM;
    }
    read_heap(lines, figures);
    for (size_t i = 0; i < sites; i++)
        if (ever_allocated(&figures->sites[i]) || callees_exist(&callees[i]))
            add_up(lines, read_row(&lines->rows[lines->count++], figures, i, &callees[i]));
    free(callees);
    return 0;
}

int lines_read(struct lines *lines, const struct figures *figures) {
    int error = lines_read_totals(lines, figures);
    for (size_t i = 0; i < lines->count; i++)
        lines->rows[i].retained = read_retained(figures, &lines->rows[i]);
    return error;
}

void lines_add_up(struct lines *lines) {
    memset(lines->kinds, 0, sizeof lines->kinds);
    lines->debugger = 0;
    for (size_t i = 0; i < lines->count; i++)
        add_up(lines, &lines->rows[i]);
}

const char *lines_stacks_word(const struct lines *lines) {
    return lines->stacks == STACKS_ALL ? LINK_STACKS_ALL : LINK_STACKS_SAMPLED;
}

void lines_finish(struct lines *lines) {
    free(lines->rows);
    *lines = (struct lines){0};
}

/* ---- what a row's source is called ---- */

struct chunk_name {
    const char *bytes;
    size_t size;
};

static const struct figures_source *source_of(const struct figures *figures,
                                              const struct lines_row *row) {
    return row->source < source_count(figures) ? &figures->sources[row->source] : NULL;
}

static struct chunk_name chunk_name(const struct figures *figures, const struct lines_row *row) {
    const struct figures_source *source = source_of(figures, row);
    if (source == NULL || source->name >= FIGURES_MAX_TEXT ||
        source->name_bytes > FIGURES_MAX_TEXT - source->name)
        return (struct chunk_name){.bytes = "=?", .size = 2}; /* as Lua calls an unknown source */
    return (struct chunk_name){figures->text + source->name, source->name_bytes};
}

const char *lines_path(const struct figures *figures, const struct lines_row *row) {
    const struct figures_source *source = source_of(figures, row);
    if (source == NULL || source->path == 0 || source->path >= FIGURES_MAX_TEXT)
        return NULL;
    const char *path = figures->text + source->path;
    return memchr(path, '\0', FIGURES_MAX_TEXT - source->path) != NULL ? path : NULL;
}

char *lines_name(const struct figures *figures, const struct lines_row *row) {
    struct chunk_name name = chunk_name(figures, row);
    char id[CHUNK_ID_BYTES];
    return text_escape(id, chunk_id(id, name.bytes, name.size));
}

char *lines_last_place(const struct figures *figures) {
    uint32_t site =
        figures != NULL ? atomic_load_explicit(&figures->last_site, memory_order_relaxed) : 0;
    if (figures == NULL || site < FIGURES_PSEUDO_SITES || site >= site_count(figures))
        return NULL;
    const struct lines_row row = {.source = figures->sites[site].source,
                                  .line = figures->sites[site].line};
    const char *path = lines_path(figures, &row);
    char *name = path != NULL ? text_escape(path, strlen(path)) : lines_name(figures, &row);
    char *place = NULL;
    if (name != NULL && row.line > 0 && asprintf(&place, "%s:%u", name, row.line) < 0)
        place = NULL;
    free(name);
    return place;
}

/* ---- sorting ---- */

static int compare_numbers(uint64_t a, uint64_t b) {
    return (a > b) - (a < b);
}

/* The name that BY_LINE sorts by; it must cost nothing, so it is the unabridged one. */
static struct chunk_name sort_name(const struct figures *figures, const struct lines_row *row) {
    const char *path = lines_path(figures, row);
    if (path != NULL)
        return (struct chunk_name){path, strlen(path)};
    struct chunk_name name = chunk_name(figures, row);
    bool marked = name.size > 0 && (name.bytes[0] == '=' || name.bytes[0] == '@');
    return marked ? (struct chunk_name){name.bytes + 1, name.size - 1} : name;
}

static int compare_names(const struct figures *figures, const struct lines_row *a,
                         const struct lines_row *b) {
    if (a->source == b->source)
        return 0;
    struct chunk_name left = sort_name(figures, a), right = sort_name(figures, b);
    size_t shorter = left.size < right.size ? left.size : right.size;
    int difference = memcmp(left.bytes, right.bytes, shorter);
    return difference != 0 ? difference : compare_numbers(left.size, right.size);
}

/* A total order: one file can be two sources ("@a.lua", "@./a.lua"), but no two rows are one site.
 */
static int compare_lines(const struct figures *figures, const struct lines_row *a,
                         const struct lines_row *b) {
    int difference = compare_names(figures, a, b);
    if (difference == 0)
        difference = compare_numbers(a->line, b->line);
    return difference != 0 ? difference : compare_numbers(a->site, b->site);
}

static int compare_rows(const void *left, const void *right, void *figures) {
    const struct lines_row *a = left, *b = right;
    if (a->sorted_by != b->sorted_by)
        return a->sorted_by < b->sorted_by ? 1 : -1;
    return compare_lines(figures, a, b);
}

void lines_sort(struct lines *lines, const struct figures *figures, enum column_id by) {
    for (size_t i = 0; i < lines->count; i++) {
        struct lines_row *row = &lines->rows[i];
        row->sorted_by = by != COLUMN_LINE ? columns_table[by].value(row) : 0;
    }
    sort(lines->rows, lines->count, sizeof *lines->rows, compare_rows, (void *)figures);
}
