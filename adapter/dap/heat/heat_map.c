/* SPDX-License-Identifier: MIT */
#include "heat_map.h"

#include "alloc.h"
#include "lines_json.h"

#include <stdlib.h>
#include <string.h>

#define HEAT_MS 500

int heat_map_init(struct heat_map *heat, struct loop_handles *handles, struct client *client,
                  const struct heat_map *before) {
    heat->handles = handles;
    heat->client = client;
    heat->timer.data = heat;
    if (before != NULL) {
        heat->last_id = before->last_id;
        heat->stop = before->stop;
    }
    return uv_timer_init(handles->loop, &heat->timer);
}

int heat_map_start(struct heat_map *heat) {
    int status =
        shared_memory_init(&heat->shared, "luaheat-figures", sizeof(struct figures), false);
    if (status == 0)
        status = figures_copy_init(&heat->copy, heat->shared.address);
    heat->on = status == 0;
    return status;
}

void heat_map_finish(struct heat_map *heat) {
    loop_handles_close(heat->handles, &heat->timer);
    snapshot_finish(&heat->since);
    snapshot_finish(&heat->resuming);
    free(heat->shown);
    kept_snapshots_finish(&heat->snapshots);
    figures_copy_finish(&heat->copy);
    shared_memory_finish(&heat->shared);
}

static void read_rows(const struct heat_map *heat, struct lines *lines) {
    if (lines_read(lines, heat->copy.figures) != 0)
        alloc_checked(NULL);
}

static void read_taken(const struct heat_map *heat, struct lines *lines) {
    read_rows(heat, lines);
    snapshot_measure(&heat->since, lines);
}

void heat_map_take(const struct heat_map *heat) {
    if (heat->on)
        figures_copy_read(&heat->copy);
}

void heat_map_read(const struct heat_map *heat, struct lines *lines) {
    *lines = (struct lines){0};
    if (!heat->on)
        return;
    heat_map_take(heat);
    read_taken(heat, lines);
}

static struct heat_map_shown *shown_of(struct heat_map *heat, uint32_t site) {
    if (site >= heat->shown_count) {
        size_t count = (size_t)site * 2 + 64;
        heat->shown = alloc_resized(heat->shown, count * sizeof *heat->shown);
        memset(heat->shown + heat->shown_count, 0,
               (count - heat->shown_count) * sizeof *heat->shown);
        heat->shown_count = count;
    }
    return &heat->shown[site];
}

static struct heat_map_shown what_is_shown(const struct lines_row *row) {
    return (struct heat_map_shown){.allocations = row->allocations,
                                   .live = row->live,
                                   .retained = row->retained,
                                   .growth = row->growth,
                                   .allocated_below = row->below.allocated.bytes,
                                   .live_below = row->below.live.bytes,
                                   .growth_below = row->below.growth.bytes};
}

/* Also notes that the client shows it from now on. */
static bool has_changed(struct heat_map *heat, const struct lines_row *row) {
    struct heat_map_shown *shown = shown_of(heat, row->site), now = what_is_shown(row);
    bool changed = memcmp(shown, &now, sizeof now) != 0;
    *shown = now;
    return changed;
}

static void keep_changed(struct heat_map *heat, struct lines *lines) {
    size_t kept = 0;
    for (size_t i = 0; i < lines->count; i++)
        if (has_changed(heat, &lines->rows[i]))
            lines->rows[kept++] = lines->rows[i];
    lines->count = kept;
}

/* Of the lines that were just read, which then are only those that changed. `stop`: the number of
   the stop that it is sent for; 0: of none. */
static void send_heat(struct heat_map *heat, struct lines *lines, bool even_unchanged,
                      unsigned stop) {
    keep_changed(heat, lines);
    if (lines->count == 0 && !even_unchanged)
        return;
    cJSON *body = lines_json_together(lines, heat->copy.figures, &heat->client->positions);
    if (heat->since_stop != 0)
        cJSON_AddNumberToObject(body, "since", heat->since_stop);
    if (stop != 0)
        cJSON_AddNumberToObject(body, "stop", stop);
    client_event(heat->client, "luaheat/heat", body);
}

/* ---- snapshots that are kept ---- */

/* Since it last went on, or the last snapshot. */
static uint64_t take_milliseconds(struct heat_map *heat) {
    uint64_t now = uv_now(heat->handles->loop), since = heat->running_since;
    heat->running_since = now;
    return uv_is_active((const uv_handle_t *)&heat->timer) ? now - since : 0;
}

/* Of the lines that were just read. */
static void add_snapshot(struct heat_map *heat, const struct lines *lines,
                         struct kept_snapshot *kept) {
    uint32_t earlier[KEPT_SNAPSHOTS];
    size_t count = kept_snapshots_epochs(&heat->snapshots, earlier);
    if (snapshot_take(&kept->snapshot, lines) != 0 ||
        snapshot_add_ages(&kept->snapshot, heat->copy.figures, earlier, count) != 0)
        alloc_checked(NULL);
    kept_snapshots_add(&heat->snapshots, kept);
}

static void keep_snapshot(struct heat_map *heat, const struct lines *lines, bool by_hand,
                          const char *name) {
    struct kept_snapshot kept = {.id = heat->last_id,
                                 .by_hand = by_hand,
                                 .name = name != NULL ? alloc_text(name) : NULL,
                                 .milliseconds = take_milliseconds(heat)};
    add_snapshot(heat, lines, &kept);
}

/* A stop is as it was when the program went on: what has changed meanwhile belongs to it. Its
   number, or 0 if it is none, or another snapshot has come after it. */
static unsigned retake_stop(struct heat_map *heat, const struct lines *lines) {
    struct kept_snapshot kept;
    if (!heat->stands || heat->last_id != heat->stop ||
        !kept_snapshots_take_last(&heat->snapshots, &kept))
        return 0;
    snapshot_finish(&kept.snapshot);
    add_snapshot(heat, lines, &kept);
    return heat->stop;
}

/* ---- the moments of a run ---- */

static void read_and_send_heat(struct heat_map *heat, bool even_unchanged) {
    struct lines lines;
    if (!heat->on)
        return;
    heat_map_read(heat, &lines);
    send_heat(heat, &lines, even_unchanged, 0);
    lines_finish(&lines);
}

static void on_timer(uv_timer_t *timer) {
    struct heat_map *heat = timer->data;
    if (!client_is_congested(heat->client))
        read_and_send_heat(heat, false);
}

void heat_map_runs(struct heat_map *heat) {
    heat->running_since = uv_now(heat->handles->loop);
    if (heat->on)
        uv_timer_start(&heat->timer, on_timer, HEAT_MS, HEAT_MS);
}

void heat_map_snapshot(struct heat_map *heat, const char *name) {
    if (!heat->on)
        return;
    struct lines lines;
    heat->last_id++;
    read_taken(heat, &lines);
    keep_snapshot(heat, &lines, true, name);
    lines_finish(&lines);
}

void heat_map_stopped(struct heat_map *heat) {
    heat->stop = ++heat->last_id;
    heat->stands = true;
    if (!heat->on)
        return;
    struct lines lines;
    read_taken(heat, &lines);
    keep_snapshot(heat, &lines, false, NULL);
    uv_timer_stop(&heat->timer);
    send_heat(heat, &lines, true, heat->stop);
    lines_finish(&lines);
}

void heat_map_resuming(struct heat_map *heat) {
    heat->stands = false;
    if (!heat->on)
        return;
    struct lines lines;
    figures_copy_read_sites(&heat->copy);
    read_rows(heat, &lines);
    snapshot_finish(&heat->resuming);
    if (snapshot_take(&heat->resuming, &lines) != 0 ||
        snapshot_add_calls(&heat->resuming, heat->copy.figures) != 0)
        alloc_checked(NULL);
    lines_finish(&lines);
}

void heat_map_stays(struct heat_map *heat) {
    heat->stands = true;
}

/* As the client does when it is told the number of another stop. */
static void show_no_growth(struct heat_map *heat) {
    heat->since_stop = heat->stop;
    for (size_t i = 0; i < heat->shown_count; i++)
        heat->shown[i].growth = heat->shown[i].growth_below = 0, heat->shown[i].retained = 0;
}

void heat_map_resumed(struct heat_map *heat) {
    struct snapshot old = heat->since;
    heat->since = heat->resuming;
    heat->resuming = old;
    if (heat->since_stop != heat->stop)
        show_no_growth(heat);
    heat_map_runs(heat);
}

void heat_map_changed(struct heat_map *heat) {
    struct lines lines;
    if (!heat->on)
        return;
    heat_map_read(heat, &lines);
    send_heat(heat, &lines, false, retake_stop(heat, &lines));
    lines_finish(&lines);
}

void heat_map_ended(struct heat_map *heat) {
    uv_timer_stop(&heat->timer);
    read_and_send_heat(heat, true);
}

void heat_map_refuse(const struct request *request) {
    client_refuse(request->client, &request->ticket, ERROR_MEMORY_OFF, NULL,
                  "Memory is not measured in this session; launch with \"memory\": \"exact\" (and "
                  "without 'noDebug')");
}
