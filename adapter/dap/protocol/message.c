/* SPDX-License-Identifier: MIT */
#include "message.h"

#include "alloc.h"
#include "body.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_NAME_BYTES = 100 };

bool message_integer(const cJSON *number, int64_t *integer) {
    const double limit = (double)MESSAGE_MAX_INTEGER;
    if (!cJSON_IsNumber(number) || !(number->valuedouble >= -limit && number->valuedouble <= limit))
        return false;
    int64_t whole = (int64_t)number->valuedouble;
    if ((double)whole != number->valuedouble)
        return false;
    *integer = whole;
    return true;
}

static cJSON *parse(const char *body, size_t size) {
    const char *end = NULL;
    cJSON *json = cJSON_ParseWithLengthOpts(body, size, &end, false);
    if (json == NULL)
        return NULL;
    while (end < body + size && strchr(" \t\r\n", *end) != NULL && *end != '\0')
        end++;
    if (end == body + size)
        return json;
    cJSON_Delete(json);
    return NULL;
}

static enum message_verdict reject(struct message *message, enum message_verdict verdict,
                                   const char *problem) {
    message->problem = problem;
    return verdict;
}

static enum message_verdict check_response(struct message *message) {
    const cJSON *seq = cJSON_GetObjectItemCaseSensitive(message->json, "request_seq");
    const cJSON *success = cJSON_GetObjectItemCaseSensitive(message->json, "success");
    const cJSON *refusal = cJSON_GetObjectItemCaseSensitive(message->json, "message");
    const cJSON *body = cJSON_GetObjectItemCaseSensitive(message->json, "body");
    if (!message_integer(seq, &message->seq) || !cJSON_IsBool(success))
        return reject(message, MESSAGE_SKIPPED, "a response without 'request_seq' or 'success'");
    message->success = cJSON_IsTrue(success);
    message->refusal = cJSON_IsString(refusal) ? refusal->valuestring : "";
    message->body = cJSON_IsObject(body) ? body : NULL;
    return MESSAGE_RESPONSE;
}

static enum message_verdict check_type(struct message *message) {
    const cJSON *type = cJSON_GetObjectItemCaseSensitive(message->json, "type");
    if (!cJSON_IsString(type))
        return reject(message, MESSAGE_BAD, "The message's 'type' must be \"request\"");
    if (strcmp(type->valuestring, "response") == 0)
        return check_response(message);
    if (strcmp(type->valuestring, "event") == 0)
        return reject(message, MESSAGE_SKIPPED, "an event, which no client has to tell");
    if (strcmp(type->valuestring, "request") != 0)
        return reject(message, MESSAGE_BAD, "The message's 'type' must be \"request\"");
    return MESSAGE_REQUEST;
}

static enum message_verdict check_fields(struct message *message) {
    const cJSON *seq = cJSON_GetObjectItemCaseSensitive(message->json, "seq");
    if (!cJSON_IsObject(message->json))
        return reject(message, MESSAGE_SKIPPED, "not an object");
    if (!message_integer(seq, &message->seq) || message->seq < 0)
        return reject(message, MESSAGE_SKIPPED, "'seq' is not a whole number from 0 on");
    const cJSON *command = cJSON_GetObjectItemCaseSensitive(message->json, "command");
    if (cJSON_IsString(command))
        message->command = command->valuestring;
    enum message_verdict verdict = check_type(message);
    if (verdict != MESSAGE_REQUEST)
        return verdict;
    if (!cJSON_IsString(command))
        return reject(message, MESSAGE_BAD, "The request's 'command' must be a string");
    message->arguments = cJSON_GetObjectItemCaseSensitive(message->json, "arguments");
    if (cJSON_IsNull(message->arguments))
        message->arguments = NULL;
    if (message->arguments != NULL && !cJSON_IsObject(message->arguments))
        return reject(message, MESSAGE_BAD, "The request's 'arguments' must be an object");
    return MESSAGE_REQUEST;
}

/* What is found in `name` is not repeated, as it may be anything. */
static char *describe(const struct body_flaw *flaw) {
    if (flaw->name == NULL)
        return alloc_printed("The message holds %s, which cannot be passed on", flaw->what);
    size_t size = text_cut(flaw->name, flaw->name_size, MOST_NAME_BYTES);
    if (!text_valid(flaw->name, size))
        size = 0;
    return alloc_printed("'%.*s' holds %s, which cannot be passed on", (int)size, flaw->name,
                         flaw->what);
}

enum message_verdict message_read(struct message *message, const char *body, size_t size) {
    struct body_flaw flaw;
    char *mended = body_mend(body, size, &flaw);
    *message = (struct message){.command = ""};
    message->json = parse(mended != NULL ? mended : body, size);
    free(mended);
    if (message->json == NULL)
        return reject(message, MESSAGE_NOT_JSON, "not JSON");
    enum message_verdict verdict = check_fields(message);
    if (verdict == MESSAGE_SKIPPED || verdict == MESSAGE_RESPONSE || flaw.what == NULL)
        return verdict;
    message->flaw = describe(&flaw);
    return reject(message, MESSAGE_BAD, message->flaw);
}

void message_finish(struct message *message) {
    cJSON_Delete(message->json);
    free(message->flaw);
    *message = (struct message){0};
}
