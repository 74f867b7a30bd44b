/* SPDX-License-Identifier: MIT */
#include "snapshots.h"

#include "alloc.h"
#include "forward.h"
#include "lines_json.h"
#include "measured.h"
#include "requests.h"
#include "session.h"

#include <stdlib.h>
#include <string.h>

static size_t bytes(const struct snapshots *snapshots) {
    size_t sum = 0;
    for (int i = 0; i < snapshots->count; i++)
        sum += snapshot_bytes(&snapshots->list[i].snapshot);
    return sum;
}

static void drop_oldest(struct snapshots *snapshots) {
    snapshot_finish(&snapshots->list[0].snapshot);
    free(snapshots->list[0].name);
    snapshots->count--;
    memmove(snapshots->list, snapshots->list + 1,
            (size_t)snapshots->count * sizeof *snapshots->list);
}

void snapshots_add(struct snapshots *snapshots, const struct snapshots_kept *kept) {
    if (snapshots->count == SNAPSHOTS_KEPT)
        drop_oldest(snapshots);
    snapshots->list[snapshots->count++] = *kept;
    while (snapshots->count > 1 && bytes(snapshots) > SNAPSHOTS_BYTES)
        drop_oldest(snapshots);
}

const struct snapshots_kept *snapshots_find(const struct snapshots *snapshots, int64_t id) {
    for (int i = 0; i < snapshots->count; i++)
        if (snapshots->list[i].id == id)
            return &snapshots->list[i];
    return NULL;
}

size_t snapshots_epochs(const struct snapshots *snapshots, uint32_t epochs[SNAPSHOTS_KEPT]) {
    size_t count = 0;
    for (int i = 0; i < snapshots->count; i++) {
        uint32_t epoch = snapshots->list[i].snapshot.epoch;
        if (count == 0 || epochs[count - 1] < epoch)
            epochs[count++] = epoch;
    }
    return count;
}

void snapshots_finish(struct snapshots *snapshots) {
    while (snapshots->count > 0)
        drop_oldest(snapshots);
}

/* ---- luaheat/snapshots ---- */

/* Of the oldest that is kept the heap at the one before may not be known. */
static void add_change(cJSON *json, const struct snapshots *snapshots, int index) {
    const struct snapshots_kept *kept = &snapshots->list[index];
    if (index > 0)
        cJSON_AddNumberToObject(json, "change",
                                (double)(int64_t)(kept->snapshot.live - kept[-1].snapshot.live));
}

static void add_kept(cJSON *json, const struct snapshots *snapshots, int index) {
    const struct snapshots_kept *kept = &snapshots->list[index];
    cJSON_AddNumberToObject(json, "id", kept->id);
    if (kept->by_hand)
        cJSON_AddTrueToObject(json, "byHand");
    if (kept->name != NULL)
        cJSON_AddStringToObject(json, "name", kept->name);
    cJSON_AddNumberToObject(json, "heap", (double)kept->snapshot.live);
    add_change(json, snapshots, index);
    cJSON_AddNumberToObject(json, "milliseconds", (double)kept->milliseconds);
}

static void list_snapshots(struct session *session, struct request *request) {
    if (!session->memory.on) {
        memory_refuse(session, request);
        return;
    }
    const struct snapshots *snapshots = &session->memory.snapshots;
    const struct figures *figures = session->memory.map.figures;
    figures_copy_read(&session->memory.map);
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON *list = cJSON_AddArrayToObject(body, "stops");
    for (int i = 0; i < snapshots->count; i++) {
        cJSON *json = alloc_checked(cJSON_CreateObject());
        add_kept(json, snapshots, i);
        cJSON_AddItemToArray(list, json);
    }
    cJSON *names = cJSON_AddArrayToObject(body, "measurements");
    for (size_t i = 0; i < measured_count(figures); i++)
        cJSON_AddItemToArray(names, cJSON_CreateString(measured_name(figures, i)));
    client_respond(&session->client, &request->ticket, body);
}

/* ---- luaheat/snapshot: the runtime makes the moment, and waits until it has been taken ---- */

void snapshots_taken(struct session *session, const cJSON *body) {
    const char *name = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(body, "name"));
    memory_snapshot(&session->memory, name);
}

/* It is the last one: the runtime answers right after its event. */
static void add_taken(struct session *session, cJSON *body) {
    const struct snapshots *snapshots = &session->memory.snapshots;
    struct lines_total kinds[FIGURES_KINDS];
    if (snapshots->count == 0)
        return;
    add_kept(body, snapshots, snapshots->count - 1);
    snapshot_kinds(&snapshots->list[snapshots->count - 1].snapshot, kinds);
    cJSON_AddItemToObject(body, "kinds", lines_json_kinds(kinds, false));
}

static void take_snapshot(struct session *session, struct request *request) {
    struct arguments *arguments = &request->arguments;
    const char *name = arguments_string(arguments, "name", "");
    if (strlen(name) >= WINDOWS_NAME_BYTES)
        arguments_reject(arguments, "'name' must not be longer than %u bytes",
                         WINDOWS_NAME_BYTES - 1);
    if (arguments->problem != NULL)
        return;
    if (session->memory.on)
        forward_amended(session, request, add_taken);
    else
        memory_refuse(session, request);
}

const struct request_entry snapshots_requests[] = {
    {"luaheat/snapshots", STATE_STARTED, list_snapshots, {"luaheat/snapshots"}},
    {"luaheat/snapshot", STATE_RUNNING | STATE_STOPPED, take_snapshot, {"luaheat/snapshot"}},
    {NULL},
};
