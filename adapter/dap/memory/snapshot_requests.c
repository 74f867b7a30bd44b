/* SPDX-License-Identifier: MIT */
/*
 * snapshots: luaheat/snapshots, which are kept; luaheat/snapshot, to take one; luaheat/collect.
 */
#include "alloc.h"
#include "kept_snapshots.h"
#include "lines_json.h"
#include "measured.h"
#include "program.h"
#include "request_tables.h"

#include <string.h>

/* ---- luaheat/snapshots ---- */

/* Of the oldest that is kept the heap at the one before may not be known. */
static void add_change(cJSON *json, const struct kept_snapshots *snapshots, int index) {
    const struct kept_snapshot *kept = &snapshots->list[index];
    if (index > 0)
        cJSON_AddNumberToObject(json, "change",
                                (double)(int64_t)(kept->snapshot.live - kept[-1].snapshot.live));
}

static void add_kept(cJSON *json, const struct kept_snapshots *snapshots, int index) {
    const struct kept_snapshot *kept = &snapshots->list[index];
    cJSON_AddNumberToObject(json, "id", kept->id);
    if (kept->by_hand)
        cJSON_AddTrueToObject(json, "byHand");
    if (kept->name != NULL)
        cJSON_AddStringToObject(json, "name", kept->name);
    cJSON_AddNumberToObject(json, "heap", (double)kept->snapshot.live);
    add_change(json, snapshots, index);
    cJSON_AddNumberToObject(json, "milliseconds", (double)kept->milliseconds);
}

static void list_snapshots(struct request *request) {
    if (!request->program->heat.on) {
        heat_map_refuse(request);
        return;
    }
    const struct kept_snapshots *snapshots = &request->program->heat.snapshots;
    const struct figures *figures = request->program->heat.copy.figures;
    figures_copy_read(&request->program->heat.copy);
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
    client_respond(request->client, &request->ticket, body);
}

/* ---- luaheat/snapshot: the runtime makes the moment, and waits until it has been taken ---- */

/* It is the last one: the runtime answers right after its event. */
static void add_taken(void *data, cJSON *body) {
    const struct program *program = data;
    const struct kept_snapshots *snapshots = &program->heat.snapshots;
    struct lines_total kinds[FIGURES_KINDS];
    if (snapshots->count == 0)
        return;
    add_kept(body, snapshots, snapshots->count - 1);
    snapshot_kinds(&snapshots->list[snapshots->count - 1].snapshot, kinds);
    cJSON_AddItemToObject(body, "kinds", lines_json_kinds(kinds, false));
}

static void take_snapshot(struct request *request) {
    struct arguments *arguments = &request->arguments;
    const char *name = arguments_string(arguments, "name", "");
    if (strlen(name) >= WINDOWS_NAME_BYTES)
        arguments_reject(arguments, "'name' must not be longer than %u bytes",
                         WINDOWS_NAME_BYTES - 1);
    if (arguments->problem != NULL)
        return;
    if (request->program->heat.on)
        program_forward_amended(request, add_taken);
    else
        heat_map_refuse(request);
}

const struct request_entry snapshot_requests[] = {
    {"luaheat/snapshots", STATE_STARTED, list_snapshots, {"luaheat/snapshots"}},
    {"luaheat/snapshot", STATE_RUNNING | STATE_STOPPED, take_snapshot, {"luaheat/snapshot"}},
    {"luaheat/collect", STATE_RUNNING | STATE_STOPPED, program_forward, {"luaheat/collect"}},
    {NULL},
};
