/* SPDX-License-Identifier: MIT */
#include "snapshot.h"

#include "callees.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static size_t count_cells(const struct lines *lines) {
    size_t count = 0;
    for (size_t i = 0; i < lines->count; i++)
        for (int kind = 0; kind < FIGURES_KINDS; kind++)
            count += lines->rows[i].kinds[kind].allocations != 0;
    return count;
}

static size_t count_callees(const struct lines *lines) {
    size_t count = 0;
    for (size_t i = 0; i < lines->count; i++)
        count += callees_exist(&lines->rows[i].callees);
    return count;
}

static void add_row(struct snapshot *snapshot, const struct lines_row *row) {
    for (int kind = 0; kind < FIGURES_KINDS; kind++)
        if (row->kinds[kind].allocations != 0)
            snapshot->cells[snapshot->count++] = (struct snapshot_cell){
                figures_cell_number(row->site, (enum figures_kind)kind), row->kinds[kind]};
    if (callees_exist(&row->callees))
        snapshot->callees[snapshot->callees_count++] =
            (struct snapshot_callees){row->site, row->callees};
}

int snapshot_take(struct snapshot *snapshot, const struct lines *lines) {
    *snapshot = (struct snapshot){
        .live = lines->live,
        .peak = lines->peak,
        .collector = lines->collector,
        .cells = malloc((count_cells(lines) + 1) * sizeof *snapshot->cells),
        .callees = malloc((count_callees(lines) + 1) * sizeof *snapshot->callees)};
    if (snapshot->cells == NULL || snapshot->callees == NULL) {
        snapshot_finish(snapshot);
        return -ENOMEM;
    }
    for (size_t i = 0; i < lines->count; i++)
        add_row(snapshot, &lines->rows[i]);
    return 0;
}

/* Of its own epoch nothing lives yet. It may be that of the last one before it. */
int snapshot_add_ages(struct snapshot *snapshot, const struct figures *figures,
                      const uint32_t *earlier, size_t count) {
    uint32_t epochs[AGES_EPOCHS];
    snapshot->epoch = figures->windows.snapshot_epoch;
    memcpy(epochs, earlier, count * sizeof *epochs);
    if (count == 0 || epochs[count - 1] < snapshot->epoch)
        epochs[count++] = snapshot->epoch;
    return ages_read(&snapshot->ages, figures, epochs, count);
}

int snapshot_add_calls(struct snapshot *snapshot, const struct figures *figures) {
    size_t count = callees_nodes(figures);
    snapshot->calls = malloc((count + 1) * sizeof *snapshot->calls);
    if (snapshot->calls == NULL)
        return -ENOMEM;
    for (size_t i = 0; i < count; i++)
        snapshot->calls[i] = callees_own(&figures->stacks.nodes[i]);
    snapshot->call_count = count;
    return 0;
}

void snapshot_finish(struct snapshot *snapshot) {
    ages_finish(&snapshot->ages);
    free(snapshot->cells);
    free(snapshot->callees);
    free(snapshot->calls);
    *snapshot = (struct snapshot){0};
}

size_t snapshot_bytes(const struct snapshot *snapshot) {
    return snapshot->count * sizeof *snapshot->cells +
           snapshot->callees_count * sizeof *snapshot->callees +
           snapshot->ages.count * sizeof *snapshot->ages.items +
           snapshot->call_count * sizeof *snapshot->calls;
}

void snapshot_kinds(const struct snapshot *snapshot, struct lines_total kinds[FIGURES_KINDS]) {
    memset(kinds, 0, FIGURES_KINDS * sizeof *kinds);
    for (size_t i = 0; i < snapshot->count; i++)
        lines_add_kind(&kinds[snapshot->cells[i].number % FIGURES_KINDS],
                       &snapshot->cells[i].totals);
}

/* What the snapshot has of a site, by kind; `at` goes on from site to site. */
struct site_kinds {
    struct lines_kind of[FIGURES_KINDS];
};

static struct site_kinds kinds_of(const struct snapshot *snapshot, size_t *at, uint32_t site) {
    struct site_kinds kinds = {0};
    uint32_t first = figures_cell_number(site, 0), end = figures_cell_number(site + 1, 0);
    while (*at < snapshot->count && snapshot->cells[*at].number < first)
        ++*at;
    for (; *at < snapshot->count && snapshot->cells[*at].number < end; ++*at)
        kinds.of[snapshot->cells[*at].number - first] = snapshot->cells[*at].totals;
    return kinds;
}

/* What it has of what happened below a site; likewise. */
static struct callees callees_of(const struct snapshot *snapshot, size_t *at, uint32_t site) {
    while (*at < snapshot->callees_count && snapshot->callees[*at].site < site)
        ++*at;
    bool found = *at < snapshot->callees_count && snapshot->callees[*at].site == site;
    return found ? snapshot->callees[*at].callees : (struct callees){0};
}

/* Where those of the site begin, or would. */
static size_t find(const struct snapshot *snapshot, uint32_t site) {
    size_t low = 0, high = snapshot->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (snapshot->cells[middle].number < figures_cell_number(site, 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint64_t snapshot_allocations(const struct snapshot *snapshot, uint32_t site) {
    size_t at = find(snapshot, site);
    struct site_kinds kinds = kinds_of(snapshot, &at, site);
    uint64_t sum = 0;
    for (int kind = 0; kind < FIGURES_KINDS; kind++)
        sum += kinds.of[kind].allocations;
    return sum;
}

void snapshot_measure(const struct snapshot *snapshot, struct lines *lines) {
    size_t at = 0, below = 0;
    lines->live_before = snapshot->live;
    for (size_t i = 0; i < lines->count; i++) {
        struct lines_row *row = &lines->rows[i];
        struct site_kinds then = kinds_of(snapshot, &at, row->site);
        struct callees callees = callees_of(snapshot, &below, row->site);
        uint64_t live = 0;
        for (int kind = 0; kind < FIGURES_KINDS; kind++)
            live += then.of[kind].allocated - then.of[kind].freed;
        row->growth = (int64_t)(row->live - live);
        row->below.growth = callees_between(&callees, &row->callees).growth;
    }
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
    static const struct callees nothing;
    size_t at = 0, below = 0;
    for (size_t i = 0; i < lines->count; i++) {
        struct lines_row *row = &lines->rows[i];
        struct site_kinds then = kinds_of(snapshot, &at, row->site);
        row->callees = callees_of(snapshot, &below, row->site);
        row->below = callees_between(&nothing, &row->callees);
        memcpy(row->kinds, then.of, sizeof row->kinds);
        add_up(row);
        row->live = row->allocated - row->freed;
    }
    lines->live = snapshot->live;
    lines->peak = snapshot->peak;
    lines->collector = snapshot->collector;
    lines_add_up(lines);
}

/* ---- what became of the bytes ---- */

static uint64_t smaller(uint64_t a, uint64_t b) {
    return a < b ? a : b;
}

/* What is not born since is as old. If the program runs, the figures may be an event apart: the
   invariants hold all the same. */
static struct lines_turnover turnover_of(const struct lines_kind *then,
                                         const struct lines_kind *now, uint64_t born) {
    uint64_t live_then = then->allocated - then->freed, live = now->allocated - now->freed;
    uint64_t survived = smaller(live - smaller(born, live), live_then);
    return (struct lines_turnover){live - survived, survived, live_then - survived};
}

static void add_turnover(struct lines_turnover *to, const struct lines_turnover *more) {
    to->born += more->born;
    to->survived += more->survived;
    to->gone += more->gone;
}

/* `at`: in the ages. */
static void tell_turnover(struct lines *lines, struct lines_row *row, const struct site_kinds *then,
                          const struct ages *ages, uint32_t epoch, size_t *at) {
    for (int kind = 0; kind < FIGURES_KINDS; kind++) {
        uint32_t cell = figures_cell_number(row->site, (enum figures_kind)kind);
        uint64_t born = ages_since(ages, at, cell, epoch);
        row->turnovers[kind] = turnover_of(&then->of[kind], &row->kinds[kind], born);
        add_turnover(&row->turnover, &row->turnovers[kind]);
        add_turnover(&lines->kinds[kind].turnover, &row->turnovers[kind]);
    }
}

static void subtract(struct lines_row *row, const struct site_kinds *then) {
    for (int kind = 0; kind < FIGURES_KINDS; kind++) {
        row->kinds[kind].allocations -= then->of[kind].allocations;
        row->kinds[kind].frees -= then->of[kind].frees;
        row->kinds[kind].allocated -= then->of[kind].allocated;
        row->kinds[kind].freed -= then->of[kind].freed;
    }
    add_up(row);
}

static bool is_below(const struct callees_change *below) {
    return below->allocated.bytes != 0 || below->growth.bytes != 0 || below->live.bytes != 0;
}

static void keep(struct lines *lines, size_t to, size_t from) {
    if (to != from)
        lines->rows[to] = lines->rows[from];
}

void snapshot_subtract(const struct snapshot *snapshot, const struct ages *ages,
                       struct lines *lines) {
    size_t at = 0, below = 0, age = 0, kept = 0;
    lines->between = true;
    lines->turnover_known = snapshot->count == 0 || ages_know(ages, snapshot->epoch);
    lines->live_before = snapshot->live;
    for (size_t i = 0; i < lines->count; i++) {
        struct lines_row *row = &lines->rows[i];
        struct site_kinds then = kinds_of(snapshot, &at, row->site);
        struct callees callees = callees_of(snapshot, &below, row->site);
        row->below = callees_between(&callees, &row->callees);
        if (lines->turnover_known)
            tell_turnover(lines, row, &then, ages, snapshot->epoch, &age);
        subtract(row, &then);
        if (row->allocations != 0 || row->freed != 0 || row->live != 0 || is_below(&row->below))
            keep(lines, kept++, i);
    }
    lines->count = kept;
}
