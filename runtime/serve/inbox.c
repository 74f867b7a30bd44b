/* SPDX-License-Identifier: MIT */
#include "inbox.h"

#include <string.h>

/* What a waiting request is marked with. No name of the link's. */
static const char mark[] = "\1cancelled";

void inbox_finish(struct inbox *inbox) {
    cJSON_Delete(inbox->waiting);
    *inbox = (struct inbox){0};
}

static double number(const cJSON *object, const char *name) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    return cJSON_IsNumber(item) ? item->valuedouble : 0;
}

static bool is_command(const cJSON *request, const char *command) {
    const cJSON *name = cJSON_GetObjectItemCaseSensitive(request, "command");
    return cJSON_IsString(name) && strcmp(name->valuestring, command) == 0;
}

static void cancel(struct inbox *inbox, double seq) {
    cJSON *request;
    if (seq == inbox->serving)
        inbox->cancelled = true;
    cJSON_ArrayForEach(request, inbox->waiting) {
        if (number(request, "seq") == seq)
            cJSON_AddTrueToObject(request, mark);
    }
}

/* A cancel waits like any other request, but only for its answer. */
static void take_in(struct inbox *inbox, cJSON *request) {
    if (is_command(request, "cancel"))
        cancel(inbox, number(cJSON_GetObjectItemCaseSensitive(request, "arguments"), "requestId"));
    if (inbox->waiting == NULL)
        inbox->waiting = cJSON_CreateArray();
    if (!cJSON_AddItemToArray(inbox->waiting, request))
        cJSON_Delete(request);
}

int inbox_fill(struct inbox *inbox, struct channel *channel) {
    int count = cJSON_GetArraySize(inbox->waiting);
    cJSON *request;
    while (count < INBOX_MOST && (request = channel_receive(channel, false)) != NULL) {
        take_in(inbox, request);
        count++;
    }
    return count;
}

/* The waiting request at `index`, which is to be served. NULL: there is none. */
static cJSON *begin(struct inbox *inbox, int index) {
    cJSON *request = cJSON_DetachItemFromArray(inbox->waiting, index);
    inbox->serving = number(request, "seq");
    inbox->cancelled = cJSON_GetObjectItemCaseSensitive(request, mark) != NULL;
    return request;
}

cJSON *inbox_take(struct inbox *inbox, struct channel *channel, bool wait) {
    inbox_fill(inbox, channel);
    if (wait && !inbox_has_more(inbox)) {
        cJSON *request = channel_receive(channel, true);
        if (request != NULL)
            take_in(inbox, request);
        inbox_fill(inbox, channel);
    }
    return begin(inbox, 0);
}

/* -1: none. */
static int index_of(const struct inbox *inbox, const char *command) {
    const cJSON *request;
    int index = 0;
    cJSON_ArrayForEach(request, inbox->waiting) {
        if (is_command(request, command))
            return index;
        index++;
    }
    return -1;
}

cJSON *inbox_await(struct inbox *inbox, struct channel *channel, const char *command) {
    int index;
    inbox_fill(inbox, channel);
    while ((index = index_of(inbox, command)) < 0) {
        channel_expect(channel);
        cJSON *request = channel_receive(channel, true);
        if (request == NULL)
            return NULL;
        take_in(inbox, request);
        inbox_fill(inbox, channel);
    }
    return begin(inbox, index);
}

bool inbox_has_more(const struct inbox *inbox) {
    return inbox->waiting != NULL && inbox->waiting->child != NULL;
}

void inbox_done(struct inbox *inbox) {
    inbox->serving = 0;
    inbox->cancelled = false;
}
