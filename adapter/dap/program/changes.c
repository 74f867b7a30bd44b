/* SPDX-License-Identifier: MIT */
#include "changes.h"

#include "alloc.h"
#include "session.h"

#include <string.h>

/* Looked at since the stop; who looks at more is told of the first ones only. */
#define MOST_READ 64

void changes_finish(struct changes *changes) {
    cJSON_Delete(changes->read);
    changes->read = NULL;
}

void changes_forget(struct session *session) {
    changes_finish(&session->changes);
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

static cJSON *find_read(const struct changes *changes, const char *reference) {
    cJSON *at;
    cJSON_ArrayForEach(at, changes->read) {
        const cJSON *known = cJSON_GetObjectItemCaseSensitive(at, "memoryReference");
        if (strcmp(known->valuestring, reference) == 0)
            return at;
    }
    return NULL;
}

/* All up to the end of what was read counts as read. */
static void note_read(struct changes *changes, const cJSON *arguments) {
    const cJSON *reference = cJSON_GetObjectItemCaseSensitive(arguments, "memoryReference");
    double end = number(arguments, "offset") + number(arguments, "count");
    if (!cJSON_IsString(reference) || end <= 0)
        return;
    if (changes->read == NULL)
        changes->read = alloc_checked(cJSON_CreateArray());
    cJSON *known = find_read(changes, reference->valuestring);
    if (known == NULL && cJSON_GetArraySize(changes->read) < MOST_READ)
        cJSON_AddItemToArray(changes->read, describe_range(reference->valuestring, 0, end));
    else if (known != NULL && number(known, "count") < end)
        cJSON_SetNumberValue(cJSON_GetObjectItemCaseSensitive(known, "count"), end);
}

static bool is_console(const cJSON *arguments) {
    const cJSON *context = cJSON_GetObjectItemCaseSensitive(arguments, "context");
    return cJSON_IsString(context) && strcmp(context->valuestring, "repl") == 0;
}

struct change changes_of(struct session *session, const struct request *request) {
    const char *command = request->ticket.command;
    const cJSON *arguments = request->arguments.object;
    struct change change = {0};
    if (strcmp(command, "readMemory") == 0)
        note_read(&session->changes, arguments);
    else if (strcmp(command, "writeMemory") == 0)
        change.written = alloc_checked(cJSON_Duplicate(arguments, true));
    else if (strcmp(command, "terminateThreads") == 0)
        change.values = change.threads = true;
    else
        change.values = strcmp(command, "setVariable") == 0 ||
                        strcmp(command, "setExpression") == 0 ||
                        (strcmp(command, "evaluate") == 0 && is_console(arguments));
    return change;
}

void change_finish(struct change *change) {
    cJSON_Delete(change->written);
    *change = (struct change){0};
}

static void send_invalidated(struct session *session, bool threads) {
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON *areas = cJSON_AddArrayToObject(body, "areas");
    if (threads)
        cJSON_AddItemToArray(areas, cJSON_CreateString("threads"));
    cJSON_AddItemToArray(areas, cJSON_CreateString("variables"));
    client_event(&session->client, "invalidated", body);
}

/* Its bytes are base64: 4 characters stand for 3. */
static void send_written(struct session *session, const cJSON *written) {
    const cJSON *reference = cJSON_GetObjectItemCaseSensitive(written, "memoryReference");
    const cJSON *data = cJSON_GetObjectItemCaseSensitive(written, "data");
    if (!cJSON_IsString(reference) || !cJSON_IsString(data))
        return;
    size_t size = strlen(data->valuestring);
    size_t count = size / 4 * 3;
    for (; size > 0 && data->valuestring[size - 1] == '='; size--)
        count--;
    client_event(&session->client, "memory",
                 describe_range(reference->valuestring, number(written, "offset"), (double)count));
}

static void send_read(struct session *session) {
    const cJSON *read;
    cJSON_ArrayForEach(read, session->changes.read)
        client_event(&session->client, "memory", alloc_checked(cJSON_Duplicate(read, true)));
}

void changes_tell(struct session *session, struct change *change) {
    const struct client_features *features = &session->features;
    if (change->written != NULL && features->memory)
        send_written(session, change->written);
    else if (change->values && features->memory)
        send_read(session);
    if ((change->values || change->written != NULL) && features->invalidated)
        send_invalidated(session, change->threads);
    change_finish(change);
}
