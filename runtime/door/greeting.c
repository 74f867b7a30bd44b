/* SPDX-License-Identifier: MIT */
#include "greeting.h"

#include "local_socket.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void greeting_begin(struct greeting *greeting, int socket) {
    *greeting = (struct greeting){.socket = socket};
}

void greeting_finish(struct greeting *greeting) {
    for (size_t i = 0; i < greeting->count; i++)
        if (greeting->descriptors[i] >= 0)
            close(greeting->descriptors[i]);
    free(greeting->text);
    greeting_begin(greeting, -1);
}

/* False: there are more than a greeting has. Those are closed. */
static bool keep(struct greeting *greeting, const struct local_socket_descriptors *passed) {
    size_t kept = 0;
    while (kept < passed->count && greeting->count < LINK_DESCRIPTORS)
        greeting->descriptors[greeting->count++] = passed->list[kept++];
    for (size_t i = kept; i < passed->count; i++)
        close(passed->list[i]);
    return kept == passed->count;
}

enum greeting_state greeting_read(struct greeting *greeting) {
    struct local_socket_descriptors passed;
    if (greeting->text == NULL && (greeting->text = malloc(LINK_GREETING_BYTES + 1)) == NULL)
        return GREETING_NONE;
    for (;;) {
        char *at = greeting->text + greeting->size;
        ssize_t got = local_socket_receive(greeting->socket, at,
                                           LINK_GREETING_BYTES - greeting->size, &passed);
        if (!keep(greeting, &passed))
            return GREETING_NONE;
        if (got <= 0)
            return got == -EAGAIN || got == -EWOULDBLOCK ? GREETING_AWAITED : GREETING_NONE;
        greeting->size += (size_t)got;
        const char *end = memchr(at, '\n', (size_t)got);
        if (end != NULL)
            return end == at + got - 1 ? GREETING_HEARD : GREETING_NONE;
        if (greeting->size == LINK_GREETING_BYTES)
            return GREETING_NONE;
    }
}

/* ---- what it says ---- */

static const char *text_of(const cJSON *object, const char *name) {
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
}

static bool is_text(const cJSON *object, const char *name, const char *expected) {
    const char *text = text_of(object, name);
    return text != NULL && strcmp(text, expected) == 0;
}

/* The descriptor of that name, which the caller takes; -1: there is none. */
static int take_descriptor(struct greeting *greeting, const cJSON *names, const char *name) {
    int place = 0;
    const cJSON *item;
    cJSON_ArrayForEach(item, names) {
        const char *text = cJSON_GetStringValue(item);
        if (text != NULL && strcmp(text, name) == 0) {
            int fd = greeting->descriptors[place];
            greeting->descriptors[place] = -1;
            return fd;
        }
        place++;
    }
    return -1;
}

/* 0 or a negative errno. */
static int take_all(struct greeting *greeting, const cJSON *message, struct handed *handed) {
    const cJSON *names = cJSON_GetObjectItemCaseSensitive(message, "descriptors");
    const char *measure = text_of(message, "measure"), *sampling = text_of(message, "sampling");
    void *memory;
    if (cJSON_GetArraySize(names) != (int)greeting->count)
        return -EINVAL;
    int error =
        handed_map(take_descriptor(greeting, names, LINK_BELL), sizeof(struct bell), &memory);
    handed->bell = memory;
    if (error != 0)
        return error;
    error =
        handed_map(take_descriptor(greeting, names, LINK_FIGURES), sizeof(struct figures), &memory);
    handed->figures = memory;
    handed->life = handed_out_of_the_way(take_descriptor(greeting, names, LINK_LIFE));
    handed->measure = measure != NULL ? strdup(measure) : NULL;
    handed->sampling = sampling != NULL ? strdup(sampling) : NULL;
    return error;
}

/* Of the words that are for the user. */
static void refuse(const cJSON *message, int error, char problem[GREETING_PROBLEM_BYTES]) {
    const char *version = text_of(message, "version");
    if (error != 0)
        snprintf(problem, GREETING_PROBLEM_BYTES, "cannot use what luaheat handed over: %s",
                 strerror(-error));
    else
        snprintf(problem, GREETING_PROBLEM_BYTES,
                 "luaheat is of version %.32s, and what the program has of it of version %s: both "
                 "must be of the same",
                 version != NULL ? version : "?", LUAHEAT_VERSION);
}

static bool take(struct greeting *greeting, const cJSON *message, struct handed *handed,
                 char problem[GREETING_PROBLEM_BYTES]) {
    int error = 0;
    if (!is_text(message, "type", "greeting"))
        return false;
    if (is_text(message, "version", LUAHEAT_VERSION)) {
        error = take_all(greeting, message, handed);
        if (error == 0)
            return true;
        handed_finish(handed);
    }
    refuse(message, error, problem);
    return false;
}

bool greeting_take(struct greeting *greeting, struct handed *handed,
                   char problem[GREETING_PROBLEM_BYTES]) {
    cJSON *message = cJSON_ParseWithLength(greeting->text, greeting->size);
    *handed = handed_nothing;
    *problem = '\0';
    bool taken = take(greeting, message, handed, problem);
    cJSON_Delete(message);
    return taken;
}
