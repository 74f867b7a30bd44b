/* SPDX-License-Identifier: MIT */
#include "snapshot.h"

#include <errno.h>
#include <stdlib.h>

static size_t count_cells(const struct lines *lines) {
    size_t count = 0;
    for (size_t i = 0; i < lines->count; i++)
        for (int kind = 0; kind < FIGURES_KINDS; kind++)
            count += lines->rows[i].kinds[kind].allocations != 0;
    return count;
}

static void add_row(struct snapshot *snapshot, const struct lines_row *row) {
    for (uint32_t kind = 0; kind < FIGURES_KINDS; kind++)
        if (row->kinds[kind].allocations != 0)
            snapshot->cells[snapshot->count++] =
                (struct snapshot_cell){row->site, kind, row->kinds[kind]};
}

int snapshot_take(struct snapshot *snapshot, const struct lines *lines) {
    *snapshot = (struct snapshot){0};
    struct snapshot_cell *cells = malloc((count_cells(lines) + 1) * sizeof *cells);
    if (cells == NULL)
        return -ENOMEM;
    snapshot->live = lines->live;
    snapshot->cells = cells;
    for (size_t i = 0; i < lines->count; i++)
        add_row(snapshot, &lines->rows[i]);
    return 0;
}

void snapshot_finish(struct snapshot *snapshot) {
    free(snapshot->cells);
    *snapshot = (struct snapshot){0};
}

/* What the snapshot has of a site, by kind; `at` goes on from site to site. */
struct site_kinds {
    struct lines_kind of[FIGURES_KINDS];
};

static struct site_kinds kinds_of(const struct snapshot *snapshot, size_t *at, uint32_t site) {
    struct site_kinds kinds = {0};
    while (*at < snapshot->count && snapshot->cells[*at].site < site)
        ++*at;
    for (; *at < snapshot->count && snapshot->cells[*at].site == site; ++*at)
        kinds.of[snapshot->cells[*at].kind] = snapshot->cells[*at].totals;
    return kinds;
}

/* The row's totals are those of its kinds. */
static void add_up(struct lines_row *row) {
    row->allocations = row->allocated = row->freed = 0;
    for (int kind = 0; kind < FIGURES_KINDS; kind++) {
        row->allocations += row->kinds[kind].allocations;
        row->allocated += row->kinds[kind].allocated;
        row->freed += row->kinds[kind].freed;
    }
    row->growth = (int64_t)(row->allocated - row->freed);
}

void snapshot_show(const struct snapshot *snapshot, struct lines *lines) {
    size_t at = 0;
    for (size_t i = 0; i < lines->count; i++) {
        struct lines_row *row = &lines->rows[i];
        struct site_kinds then = kinds_of(snapshot, &at, row->site);
        for (int kind = 0; kind < FIGURES_KINDS; kind++)
            row->kinds[kind] = then.of[kind];
        add_up(row);
        row->live = row->allocated - row->freed;
    }
    lines->live = snapshot->live;
}

static void subtract(struct lines_row *row, const struct site_kinds *before) {
    for (int kind = 0; kind < FIGURES_KINDS; kind++) {
        row->kinds[kind].allocations -= before->of[kind].allocations;
        row->kinds[kind].allocated -= before->of[kind].allocated;
        row->kinds[kind].freed -= before->of[kind].freed;
    }
    add_up(row);
}

void snapshot_subtract(const struct snapshot *snapshot, struct lines *lines) {
    size_t at = 0, kept = 0;
    for (size_t i = 0; i < lines->count; i++) {
        struct lines_row row = lines->rows[i];
        struct site_kinds before = kinds_of(snapshot, &at, row.site);
        subtract(&row, &before);
        if (row.allocations != 0 || row.freed != 0 || row.growth != 0)
            lines->rows[kept++] = row;
    }
    lines->count = kept;
    lines->between = true;
    lines->live_before = snapshot->live;
}
