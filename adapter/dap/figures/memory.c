/* SPDX-License-Identifier: MIT */
#include "memory.h"

#include "alloc.h"
#include "lines_json.h"
#include "session.h"

#include <stdlib.h>
#include <string.h>

#define HEAT_MS 500

int memory_init(struct memory *memory, struct session *session) {
    memory->session = session;
    memory->timer.data = memory;
    return uv_timer_init(&session->loop, &memory->timer);
}

int memory_start(struct memory *memory) {
    int status =
        shared_memory_init(&memory->shared, "luaheat-figures", sizeof(struct figures), false);
    if (status == 0)
        status = figures_copy_init(&memory->map, memory->shared.address);
    memory->on = status == 0;
    return status;
}

void memory_finish(struct memory *memory) {
    snapshot_finish(&memory->since);
    snapshot_finish(&memory->resuming);
    free(memory->shown);
    snapshots_finish(&memory->snapshots);
    figures_copy_finish(&memory->map);
    shared_memory_finish(&memory->shared);
}

/* Ids go on counting, so that what was handed out at an old stop is known to be old. */
void memory_forget(struct memory *memory) {
    memory_finish(memory);
    uv_timer_stop(&memory->timer);
    memory->on = false;
    memory->shown = NULL;
    memory->shown_count = 0;
}

void memory_read(const struct memory *memory, struct lines *lines) {
    *lines = (struct lines){0};
    if (!memory->on)
        return;
    figures_copy_read(&memory->map);
    if (lines_read(lines, memory->map.figures) != 0)
        alloc_checked(NULL);
    snapshot_measure(&memory->since, lines);
}

static struct memory_shown *shown_of(struct memory *memory, uint32_t site) {
    if (site >= memory->shown_count) {
        size_t count = (size_t)site * 2 + 64;
        memory->shown = alloc_resized(memory->shown, count * sizeof *memory->shown);
        memset(memory->shown + memory->shown_count, 0,
               (count - memory->shown_count) * sizeof *memory->shown);
        memory->shown_count = count;
    }
    return &memory->shown[site];
}

/* Also notes that the client shows it from now on. */
static bool has_changed(struct memory *memory, const struct lines_row *row) {
    struct memory_shown *shown = shown_of(memory, row->site);
    bool changed = shown->allocations != row->allocations || shown->live != row->live ||
                   shown->growth != row->growth || shown->retained != row->retained;
    *shown = (struct memory_shown){row->allocations, row->live, row->retained, row->growth};
    return changed;
}

static void keep_changed(struct memory *memory, struct lines *lines) {
    size_t kept = 0;
    for (size_t i = 0; i < lines->count; i++)
        if (has_changed(memory, &lines->rows[i]))
            lines->rows[kept++] = lines->rows[i];
    lines->count = kept;
}

/* `stop`: the number of the stop that it is sent for; 0: of none. */
static void send_heat(struct memory *memory, bool even_unchanged, unsigned stop) {
    if (!memory->on)
        return;
    struct session *session = memory->session;
    struct lines lines;
    memory_read(memory, &lines);
    keep_changed(memory, &lines);
    if (lines.count > 0 || even_unchanged) {
        cJSON *body =
            lines_json(&lines, memory->map.figures, 0, lines.count, &session->client.positions);
        if (stop != 0)
            cJSON_AddNumberToObject(body, "stop", stop);
        client_event(&session->client, "luaheat/heat", body);
    }
    lines_finish(&lines);
}

static void on_timer(uv_timer_t *timer) {
    struct memory *memory = timer->data;
    if (!session_is_congested(memory->session))
        send_heat(memory, false, 0);
}

void memory_runs(struct memory *memory) {
    memory->running_since = uv_now(&memory->session->loop);
    if (memory->on)
        uv_timer_start(&memory->timer, on_timer, HEAT_MS, HEAT_MS);
}

/* Since it last went on, or the last snapshot. */
static uint64_t take_milliseconds(struct memory *memory) {
    uint64_t now = uv_now(&memory->session->loop), since = memory->running_since;
    memory->running_since = now;
    return uv_is_active((const uv_handle_t *)&memory->timer) ? now - since : 0;
}

static void keep_snapshot(struct memory *memory, bool by_hand, const char *name) {
    struct lines lines;
    struct snapshots_kept kept = {.id = memory->last_id,
                                  .by_hand = by_hand,
                                  .name = name != NULL ? alloc_text(name) : NULL,
                                  .milliseconds = take_milliseconds(memory)};
    uint32_t earlier[SNAPSHOTS_KEPT];
    size_t count = snapshots_epochs(&memory->snapshots, earlier);
    memory_read(memory, &lines);
    if (snapshot_take(&kept.snapshot, &lines) != 0 ||
        snapshot_add_ages(&kept.snapshot, memory->map.figures, earlier, count) != 0)
        alloc_checked(NULL);
    lines_finish(&lines);
    snapshots_add(&memory->snapshots, &kept);
}

static void let_go_on(const struct memory *memory) {
    runtime_link_send(&memory->session->link, "figuresRead", NULL, NULL, NULL);
}

void memory_snapshot(struct memory *memory, const char *name) {
    if (!memory->on)
        return;
    memory->last_id++;
    keep_snapshot(memory, true, name);
    let_go_on(memory);
}

void memory_stopped(struct memory *memory) {
    memory->stop = ++memory->last_id;
    if (!memory->on)
        return;
    keep_snapshot(memory, false, NULL);
    uv_timer_stop(&memory->timer);
    send_heat(memory, true, memory->stop);
    let_go_on(memory);
}

void memory_resuming(struct memory *memory) {
    if (!memory->on)
        return;
    struct lines lines;
    memory_read(memory, &lines);
    snapshot_finish(&memory->resuming);
    if (snapshot_take(&memory->resuming, &lines) != 0)
        alloc_checked(NULL);
    lines_finish(&lines);
}

void memory_resumed(struct memory *memory) {
    struct snapshot old = memory->since;
    memory->since = memory->resuming;
    memory->resuming = old;
    memory_runs(memory);
}

void memory_ended(struct memory *memory) {
    uv_timer_stop(&memory->timer);
    send_heat(memory, true, 0);
}

void memory_refuse(struct session *session, const struct request *request) {
    client_refuse(&session->client, &request->ticket, ERROR_MEMORY_OFF, NULL,
                  "Memory is not measured in this session; launch with \"memory\": \"exact\" (and "
                  "without 'noDebug')");
}
