/* SPDX-License-Identifier: MIT */
#include "attach_settings.h"

#include "alloc.h"
#include "door_list.h"
#include "message.h"

#include <stdlib.h>
#include <string.h>

enum { TIMEOUT_MS = 10000 };

static const char no_pid[] = "'processId' must be the number of a process";

/* Variables of an editor (a picker's answer) are always text. */
static int pid_of_text(struct arguments *arguments, const char *text) {
    char *end;
    long long number = strtoll(text, &end, 10);
    bool digits = text[0] >= '0' && text[0] <= '9' && *end == '\0';
    if (digits && number > 0 && number <= INT32_MAX)
        return (int)number;
    arguments_reject(arguments, "%s", no_pid);
    return 0;
}

static int read_pid(struct arguments *arguments) {
    const cJSON *value = arguments_any(arguments, "processId");
    int64_t number;
    if (cJSON_IsString(value))
        return pid_of_text(arguments, arguments_string(arguments, "processId", NULL));
    if (value == NULL)
        return 0;
    if (message_integer(value, &number) && number > 0 && number <= INT32_MAX)
        return (int)arguments_integer(arguments, "processId", 0, 1, INT32_MAX);
    arguments_reject(arguments, "%s", no_pid);
    return 0;
}

/* Every program has a folder of its own, and so has ours. */
static char *read_path(struct arguments *arguments, const char *name) {
    const char *path = arguments_string(arguments, name, NULL);
    if (path == NULL)
        return NULL;
    if (path[0] != '/')
        arguments_reject(arguments, "'%s' must be an absolute path: %s", name, path);
    return alloc_text(path);
}

static char *read_name(struct arguments *arguments) {
    const char *name = arguments_string(arguments, "doorName", NULL);
    return name != NULL ? alloc_text(name) : NULL;
}

struct attach_settings *attach_settings_read(struct arguments *arguments) {
    struct attach_settings *settings = alloc_zeroed(1, sizeof *settings);
    settings->socket = read_path(arguments, "socket");
    settings->listen = read_path(arguments, "listen");
    settings->name = read_name(arguments);
    settings->pid = read_pid(arguments);
    settings->timeout = (uint64_t)arguments_integer(arguments, "timeout", TIMEOUT_MS, 0, INT32_MAX);
    settings->restart = arguments_flag(arguments, "restart", false);
    if (settings->listen != NULL && (settings->socket != NULL || settings->pid != 0))
        arguments_reject(arguments, "With 'listen' the program comes to Luaheat: 'socket' and "
                                    "'processId' cannot name it as well");
    return settings;
}

static void forget(struct attach_settings *settings) {
    free(settings->met.program);
    free(settings->met.name);
    settings->met.program = settings->met.name = NULL;
}

void attach_settings_remember(struct attach_settings *settings, const struct door *door) {
    forget(settings);
    settings->met.program = alloc_text(door->program);
    settings->met.name = alloc_text(door->name);
}

void attach_settings_destroy(struct attach_settings *settings) {
    if (settings == NULL)
        return;
    free(settings->socket);
    free(settings->name);
    free(settings->listen);
    forget(settings);
    free(settings);
}
