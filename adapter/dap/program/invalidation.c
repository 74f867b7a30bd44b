/* SPDX-License-Identifier: MIT */
#include "invalidation.h"

#include "alloc.h"
#include "contract_check.h"
#include "heat_map.h"

#include <string.h>

/* Looked at since the stop; who looks at more is told of the first ones only. */
#define MOST_READ 64

void invalidation_finish(struct invalidation *invalidation) {
    cJSON_Delete(invalidation->read);
    invalidation->read = NULL;
}

void invalidation_forget(struct invalidation *invalidation) {
    invalidation_finish(invalidation);
}

static double number(const cJSON *object, const char *name) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    return cJSON_IsNumber(item) ? item->valuedouble : 0;
}

static cJSON *describe_range(const char *reference, double offset, double count) {
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON_AddStringToObject(body, "memoryReference", reference);
    cJSON_AddNumberToObject(body, "offset", offset);
    cJSON_AddNumberToObject(body, "count", count);
    return body;
}

static cJSON *find_read(const struct invalidation *invalidation, const char *reference) {
    cJSON *at;
    cJSON_ArrayForEach(at, invalidation->read) {
        const cJSON *known = cJSON_GetObjectItemCaseSensitive(at, "memoryReference");
        if (strcmp(known->valuestring, reference) == 0)
            return at;
    }
    return NULL;
}

/* All up to the end of what was read counts as read. */
static void note_read(struct invalidation *invalidation, const cJSON *arguments) {
    const cJSON *reference = cJSON_GetObjectItemCaseSensitive(arguments, "memoryReference");
    double end = number(arguments, "offset") + number(arguments, "count");
    if (!cJSON_IsString(reference) || end <= 0)
        return;
    if (invalidation->read == NULL)
        invalidation->read = alloc_checked(cJSON_CreateArray());
    cJSON *known = find_read(invalidation, reference->valuestring);
    if (known == NULL && cJSON_GetArraySize(invalidation->read) < MOST_READ)
        cJSON_AddItemToArray(invalidation->read, describe_range(reference->valuestring, 0, end));
    else if (known != NULL && number(known, "count") < end)
        cJSON_SetNumberValue(cJSON_GetObjectItemCaseSensitive(known, "count"), end);
}

struct invalidated invalidation_by(struct invalidation *invalidation,
                                   const struct request *request) {
    const char *command = request->ticket.command;
    const cJSON *arguments = request->arguments.object;
    struct invalidated invalidated = {
        .values = contract_changes_values(contract_find_request(command), arguments),
        .threads = strcmp(command, "terminateThreads") == 0,
    };
    if (strcmp(command, "readMemory") == 0)
        note_read(invalidation, arguments);
    if (strcmp(command, "writeMemory") == 0)
        invalidated.written = alloc_checked(cJSON_Duplicate(arguments, true));
    return invalidated;
}

void invalidated_finish(struct invalidated *invalidated) {
    cJSON_Delete(invalidated->written);
    *invalidated = (struct invalidated){0};
}

static void send_invalidated(struct client *client, bool threads) {
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON *areas = cJSON_AddArrayToObject(body, "areas");
    if (threads)
        cJSON_AddItemToArray(areas, cJSON_CreateString("threads"));
    cJSON_AddItemToArray(areas, cJSON_CreateString("variables"));
    client_event(client, "invalidated", body);
}

/* Its bytes are base64: 4 characters stand for 3. */
static void send_written(struct client *client, const cJSON *written) {
    const cJSON *reference = cJSON_GetObjectItemCaseSensitive(written, "memoryReference");
    const cJSON *data = cJSON_GetObjectItemCaseSensitive(written, "data");
    if (!cJSON_IsString(reference) || !cJSON_IsString(data))
        return;
    size_t size = strlen(data->valuestring);
    size_t count = size / 4 * 3;
    for (; size > 0 && data->valuestring[size - 1] == '='; size--)
        count--;
    client_event(client, "memory",
                 describe_range(reference->valuestring, number(written, "offset"), (double)count));
}

static void send_read(const struct invalidation *invalidation) {
    const cJSON *read;
    cJSON_ArrayForEach(read, invalidation->read)
        client_event(invalidation->client, "memory", alloc_checked(cJSON_Duplicate(read, true)));
}

void invalidation_tell(const struct invalidation *invalidation, struct invalidated *invalidated) {
    struct client *client = invalidation->client;
    bool any = invalidated->values || invalidated->written != NULL;
    if (invalidated->written != NULL && client->features.memory)
        send_written(client, invalidated->written);
    else if (invalidated->values && client->features.memory)
        send_read(invalidation);
    if (any && client->features.invalidated)
        send_invalidated(client, invalidated->threads);
    if (invalidated->values)
        heat_map_changed(invalidation->heat);
    invalidated_finish(invalidated);
}
