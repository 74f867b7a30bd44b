/* SPDX-License-Identifier: MIT */
#include "stops.h"

#include "alloc.h"
#include "measured.h"
#include "requests.h"
#include "session.h"

#include <string.h>

static size_t bytes(const struct stops *stops) {
    size_t sum = 0;
    for (int i = 0; i < stops->count; i++)
        sum += snapshot_bytes(&stops->list[i].snapshot);
    return sum;
}

static void drop_oldest(struct stops *stops) {
    snapshot_finish(&stops->list[0].snapshot);
    stops->count--;
    memmove(stops->list, stops->list + 1, (size_t)stops->count * sizeof *stops->list);
}

void stops_add(struct stops *stops, unsigned id, uint64_t milliseconds, struct snapshot *snapshot) {
    if (stops->count == STOPS_KEPT)
        drop_oldest(stops);
    stops->list[stops->count++] = (struct stops_stop){id, milliseconds, *snapshot};
    *snapshot = (struct snapshot){0};
    while (stops->count > 1 && bytes(stops) > STOPS_BYTES)
        drop_oldest(stops);
}

const struct stops_stop *stops_find(const struct stops *stops, int64_t id) {
    for (int i = 0; i < stops->count; i++)
        if (stops->list[i].id == id)
            return &stops->list[i];
    return NULL;
}

size_t stops_epochs(const struct stops *stops, uint32_t epochs[STOPS_KEPT]) {
    size_t count = 0;
    for (int i = 0; i < stops->count; i++) {
        uint32_t epoch = stops->list[i].snapshot.epoch;
        if (count == 0 || epochs[count - 1] < epoch)
            epochs[count++] = epoch;
    }
    return count;
}

void stops_finish(struct stops *stops) {
    while (stops->count > 0)
        drop_oldest(stops);
}

/* ---- luaheat/windows ---- */

/* `before`: the heap at the stop before; of the oldest that is kept it may not be known. */
static cJSON *stop_json(const struct stops_stop *stop, const struct stops_stop *before) {
    cJSON *json = alloc_checked(cJSON_CreateObject());
    uint64_t heap = stop->snapshot.live;
    cJSON_AddNumberToObject(json, "id", stop->id);
    cJSON_AddNumberToObject(json, "heap", (double)heap);
    if (before != NULL)
        cJSON_AddNumberToObject(json, "change", (double)(int64_t)(heap - before->snapshot.live));
    cJSON_AddNumberToObject(json, "milliseconds", (double)stop->milliseconds);
    return json;
}

static void windows(struct session *session, struct request *request) {
    if (!session->memory.on) {
        memory_refuse(session, request);
        return;
    }
    const struct stops *stops = &session->memory.stops;
    const struct figures *figures = session->memory.map.figures;
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON *list = cJSON_AddArrayToObject(body, "stops");
    for (int i = 0; i < stops->count; i++)
        cJSON_AddItemToArray(list, stop_json(&stops->list[i], i > 0 ? &stops->list[i - 1] : NULL));
    cJSON *names = cJSON_AddArrayToObject(body, "measurements");
    for (size_t i = 0; i < measured_count(figures); i++)
        cJSON_AddItemToArray(names, cJSON_CreateString(measured_name(figures, i)));
    client_respond(&session->client, &request->ticket, body);
}

const struct request_entry stops_requests[] = {
    {"luaheat/windows", STATE_STARTED, windows, {"luaheat/windows"}},
    {NULL},
};
