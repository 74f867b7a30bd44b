/* SPDX-License-Identifier: MIT */
#include "progress.h"

#include "flow.h"

#include <stdlib.h>

/* Where the next line can be. */
struct candidates {
    uint32_t places[PROGRESS_PLACES];
    unsigned count;
    bool again, on; /* a way there is by which the line begins; by which it goes on */
    bool too_many;
};

static struct progress *slot(struct progress_table *table, const void *frame) {
    size_t i = ((uintptr_t)frame >> 4 ^ (uintptr_t)frame >> 11) % table->room;
    while (table->entries[i].frame != NULL && table->entries[i].frame != frame)
        i = (i + 1) % table->room;
    return &table->entries[i];
}

/* Room for one more. */
static struct progress_table *grow(struct progress_table *table) {
    size_t room = table != NULL ? table->room : 0;
    if (table != NULL && (table->count + 1) * 4 <= room * 3)
        return table;
    struct progress_table *larger =
        calloc(1, sizeof *larger + (room * 2 + 4) * sizeof(struct progress));
    if (larger == NULL)
        return NULL;
    larger->room = room * 2 + 4;
    larger->count = table != NULL ? table->count : 0;
    for (size_t i = 0; i < room; i++)
        if (table->entries[i].frame != NULL)
            *slot(larger, table->entries[i].frame) = table->entries[i];
    free(table);
    return larger;
}

struct progress *progress_of(struct progress_table **table, const void *frame) {
    struct progress_table *larger = grow(*table);
    if (larger == NULL)
        return NULL;
    *table = larger;
    struct progress *progress = slot(larger, frame);
    if (progress->frame == NULL) {
        larger->count++;
        *progress = (struct progress){.frame = frame, .line = -1};
    }
    return progress;
}

const struct progress *progress_find(struct progress_table *table, const void *frame) {
    const struct progress *progress = slot(table, frame);
    return progress->frame != NULL ? progress : NULL;
}

void progress_enter(struct progress_table **table, const void *frame) {
    struct progress *progress = progress_of(table, frame);
    if (progress != NULL)
        *progress = (struct progress){.frame = frame, .place_count = 1};
}

static void add_place(struct candidates *to, uint32_t place) {
    for (unsigned i = 0; i < to->count; i++)
        if (to->places[i] == place)
            return;
    if (to->count < PROGRESS_PLACES)
        to->places[to->count++] = place;
    else
        to->too_many = true;
}

static struct candidates find_next(const struct progress *progress, int line) {
    const struct flow *flow = progress->flow;
    struct candidates next = {.count = 0};
    for (unsigned i = 0; i < progress->place_count; i++) {
        const struct flow_place *from = &flow->places[progress->places[i]];
        for (uint32_t e = from->edge; e < from->behind; e++) {
            const struct flow_edge *edge = &flow->edges.items[e];
            if (flow->places[edge->to].line != line)
                continue;
            next.again |= edge->again;
            next.on |= !edge->again;
            add_place(&next, edge->to);
        }
    }
    return next;
}

/* Nothing is known but the line. */
static struct candidates find_all(const struct flow *flow, int line) {
    struct candidates next = {.again = true};
    for (uint32_t i = 1; i < flow->count; i++)
        if (flow->places[i].line == line)
            add_place(&next, i);
    return next;
}

static bool has_begun(const struct progress *progress, int line) {
    for (unsigned i = 0; i < progress->begun_count; i++)
        if (progress->begun[i].line == line)
            return true;
    return false;
}

/* Lines that lie behind are forgotten. */
static void prune(struct progress *progress) {
    unsigned kept = 0;
    uint32_t first = UINT32_MAX;
    for (unsigned i = 0; i < progress->place_count; i++)
        if (progress->places[i] < first)
            first = progress->places[i];
    for (unsigned i = 0; i < progress->begun_count; i++)
        if (progress->begun[i].last > first)
            progress->begun[kept++] = progress->begun[i];
    progress->begun_count = (unsigned char)kept;
}

static void be_at(struct progress *progress, const struct candidates *next, int line) {
    progress->line = line;
    progress->place_count = next->too_many ? 0 : (unsigned char)next->count;
    for (unsigned i = 0; i < next->count; i++)
        progress->places[i] = next->places[i];
}

/* After a way back anything can begin again. */
static void go(struct progress *progress, const struct candidates *next, int line) {
    be_at(progress, next, line);
    if (next->again)
        progress->begun_count = 0;
    progress->unsure &= !next->again;
    prune(progress);
    if (progress->begun_count < PROGRESS_BEGUN && next->count > 0 && !has_begun(progress, line))
        progress->begun[progress->begun_count++] =
            (struct progress_begun){line, progress->flow->places[next->places[0]].last};
}

/* Can it come back to its line after no more than one other? Lua 5.4.0 may leave that one out. */
static bool comes_round(const struct progress *progress) {
    const struct flow *flow = progress->flow;
    for (unsigned i = 0; i < progress->place_count; i++) {
        const struct flow_place *from = &flow->places[progress->places[i]];
        for (uint32_t e = from->edge; e < from->behind; e++) {
            struct progress other = {.flow = flow, .place_count = 1};
            other.places[0] = flow->edges.items[e].to;
            if (find_next(&other, progress->line).again)
                return true;
        }
    }
    return false;
}

/* From here on in this flow. */
static void start(struct progress *progress, const struct flow *flow) {
    bool enters = progress->flow == NULL && progress->line == 0;
    struct candidates at = {.count = 0};
    if (progress->flow == NULL && progress->line > 0)
        at = find_all(flow, progress->line);
    progress->flow = flow;
    if (enters)
        return;
    progress->begun_count = 0;
    progress->unsure = true;
    be_at(progress, &at, progress->line);
}

/* Did the line begin before it got to one of these places? */
static bool came_by(const struct progress *progress, const struct candidates *next, int line) {
    bool later = progress->unsure;
    for (unsigned i = 0; i < next->count && later; i++)
        later = progress->flow->places[next->places[i]].first < next->places[i];
    return later || has_begun(progress, line);
}

bool progress_begins(struct progress *progress, const struct flow *flow, int line) {
    if (flow->count == 0)
        return true;
    if (progress->flow != flow)
        start(progress, flow);
    struct candidates next = find_next(progress, line);
    bool lost = next.count == 0;
    if (lost && progress->place_count > 0 && line == progress->line)
        return comes_round(progress); /* told again of what it has been told of */
    if (lost)
        next = find_all(flow, line);
    bool begins = next.again || !came_by(progress, &next, line);
    go(progress, &next, line);
    progress->unsure |= lost;
    return begins;
}
