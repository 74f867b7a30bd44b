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
    int status = figures_map_init(&memory->map);
    memory->on = status == 0;
    return status;
}

static void finish_moment(struct memory_moment *moment) {
    lines_baseline_finish(&moment->live);
    free(moment->allocations);
}

void memory_finish(struct memory *memory) {
    finish_moment(&memory->since);
    finish_moment(&memory->resuming);
    free(memory->told);
    snapshots_finish(&memory->snapshots);
    if (memory->on)
        figures_map_finish(&memory->map);
}

/* Ids go on counting, so that what was handed out at an old stop is known to be old. */
void memory_forget(struct memory *memory) {
    memory_finish(memory);
    uv_timer_stop(&memory->timer);
    memory->on = false;
    memory->since = memory->resuming = (struct memory_moment){0};
    memory->told = NULL;
    memory->told_count = 0;
}

void memory_read(const struct memory *memory, struct lines *lines) {
    *lines = (struct lines){0};
    if (memory->on)
        figures_map_read(&memory->map);
    if (memory->on && lines_read(lines, memory->map.figures, &memory->since.live) != 0)
        alloc_checked(NULL);
}

/* Also notes that the client is told. */
static bool is_news(struct memory *memory, const struct lines_row *row) {
    if (row->site >= memory->told_count) {
        size_t count = (size_t)row->site * 2 + 64;
        memory->told = alloc_resized(memory->told, count * sizeof *memory->told);
        memset(memory->told + memory->told_count, 0,
               (count - memory->told_count) * sizeof *memory->told);
        memory->told_count = count;
    }
    struct memory_told *told = &memory->told[row->site];
    bool news = told->allocations != row->allocations || told->live != row->live ||
                told->growth != row->growth || told->retained != row->retained;
    *told = (struct memory_told){row->allocations, row->live, row->retained, row->growth};
    return news;
}

static void keep_news(struct memory *memory, struct lines *lines) {
    size_t kept = 0;
    for (size_t i = 0; i < lines->count; i++)
        if (is_news(memory, &lines->rows[i]))
            lines->rows[kept++] = lines->rows[i];
    lines->count = kept;
}

/* `stop`: the number of the stop that it is sent for; 0: of none. */
static void send_heat(struct memory *memory, bool even_without_news, unsigned stop) {
    if (!memory->on)
        return;
    struct session *session = memory->session;
    struct lines lines;
    memory_read(memory, &lines);
    keep_news(memory, &lines);
    if (lines.count > 0 || even_without_news) {
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
    if (snapshot_take(&kept.snapshot, &lines, memory->map.figures, earlier, count) != 0)
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

static void take_moment(struct memory *memory, struct memory_moment *moment) {
    struct lines lines;
    memory_read(memory, &lines);
    free(moment->allocations);
    moment->count = lines.count > 0 ? (size_t)lines.rows[lines.count - 1].site + 1 : 0;
    moment->allocations = alloc_zeroed(moment->count, sizeof *moment->allocations);
    for (size_t i = 0; i < lines.count; i++)
        moment->allocations[lines.rows[i].site] = lines.rows[i].allocations;
    lines_finish(&lines);
    if (lines_baseline_take(&moment->live, memory->map.figures) != 0)
        alloc_checked(NULL);
}

void memory_resuming(struct memory *memory) {
    if (memory->on)
        take_moment(memory, &memory->resuming);
}

void memory_resumed(struct memory *memory) {
    struct memory_moment old = memory->since;
    memory->since = memory->resuming;
    memory->resuming = old;
    memory_runs(memory);
}

bool memory_has_gone_on(const struct memory *memory) {
    return memory->since.count > 0;
}

uint64_t memory_new_allocations(const struct memory *memory, const struct lines_row *row) {
    const struct memory_moment *since = &memory->since;
    return row->allocations - (row->site < since->count ? since->allocations[row->site] : 0);
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
