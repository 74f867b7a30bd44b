/* SPDX-License-Identifier: MIT */
#include "heat_span.h"

#include "alloc.h"

int64_t heat_span_unknown(const struct heat_map *heat, struct heat_span span) {
    const struct kept_snapshots *kept = &heat->snapshots;
    if (span.since != 0 && kept_snapshots_find(kept, span.since) == NULL)
        return span.since;
    return span.until != 0 && kept_snapshots_find(kept, span.until) == NULL ? span.until : 0;
}

static void keep_since(struct lines *lines, const struct figures *figures,
                       const struct snapshot *since, const struct snapshot *until) {
    struct ages now = {0};
    if (until == NULL && ages_read(&now, figures, &since->epoch, 1) != 0)
        alloc_checked(NULL);
    snapshot_subtract(since, until != NULL ? &until->ages : &now, lines);
    ages_finish(&now);
}

static void read_between(const struct heat_map *heat, const struct kept_snapshot *since,
                         const struct kept_snapshot *until, struct lines *lines) {
    static const struct snapshot start = {0};
    heat_map_take(heat);
    if (lines_read_totals(lines, heat->copy.figures) != 0)
        alloc_checked(NULL);
    if (until != NULL)
        snapshot_show(&until->snapshot, lines);
    keep_since(lines, heat->copy.figures, since != NULL ? &since->snapshot : &start,
               until != NULL ? &until->snapshot : NULL);
}

void heat_span_read(const struct heat_map *heat, struct heat_span span, struct lines *lines) {
    const struct kept_snapshot *since = kept_snapshots_find(&heat->snapshots, span.since);
    const struct kept_snapshot *until = kept_snapshots_find(&heat->snapshots, span.until);
    if (since == NULL && until == NULL)
        heat_map_read(heat, lines);
    else
        read_between(heat, since, until, lines);
}
