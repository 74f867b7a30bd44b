/* SPDX-License-Identifier: MIT */
#include "breakpoint_requests.h"

#include "arguments.h"
#include "debugger.h"
#include "expressions.h"
#include "hook.h"
#include "location.h"
#include "measuring.h"
#include "server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A file that is not there, or cannot be read yet, may come. */
static const char *why_not(const struct breakpoint_file *file,
                           const struct breakpoint *breakpoint) {
    return file->waiting && !breakpoint->refused ? "pending" : "failed";
}

static cJSON *describe(const struct breakpoint_file *file, const struct breakpoint *breakpoint) {
    cJSON *body = cJSON_CreateObject();
    cJSON_AddNumberToObject(body, "id", breakpoint->id);
    cJSON_AddBoolToObject(body, "verified", breakpoint->line > 0);
    if (breakpoint->line > 0)
        cJSON_AddNumberToObject(body, "line", breakpoint->line);
    else
        cJSON_AddStringToObject(body, "reason", why_not(file, breakpoint));
    if (breakpoint->message != NULL)
        channel_add_text(body, "message", breakpoint->message);
    return body;
}

static cJSON *describe_all(const struct breakpoint_file *file) {
    cJSON *body = cJSON_CreateObject();
    cJSON *list = cJSON_AddArrayToObject(body, "breakpoints");
    for (size_t i = 0; i < file->count - file->kept; i++)
        cJSON_AddItemToArray(list, describe(file, &file->breakpoints[i]));
    return body;
}

void breakpoint_requests_tell_changed(void *data, struct breakpoint_file *file) {
    struct server *server = data;
    for (size_t i = 0; i < file->count - file->kept; i++) {
        if (!file->breakpoints[i].changed)
            continue;
        file->breakpoints[i].changed = false;
        cJSON *body = cJSON_CreateObject();
        cJSON_AddStringToObject(body, "reason", "changed");
        cJSON_AddItemToObject(body, "breakpoint", describe(file, &file->breakpoints[i]));
        server_send_event(server, "breakpoint", body);
    }
}

static void read_one(struct server *server, const char *path, struct breakpoint *breakpoint,
                     const cJSON *item) {
    *breakpoint = (struct breakpoint){.id = arguments_count(item, "id", 0),
                                      .asked_line = arguments_count(item, "line", 0)};
    const struct breakpoint_options_asked asked = {
        .condition = arguments_text(item, "condition"),
        .hit_count = arguments_text(item, "hitCondition"),
        .log_message = arguments_text(item, "logMessage"),
        .mode = arguments_text(item, "mode")};
    char *problem = breakpoint_options_read(&breakpoint->options, &asked);
    if (problem == NULL && breakpoint->options.mode != BREAKPOINT_STOP)
        problem = measuring_prepare(server, &breakpoint->options, path, breakpoint->asked_line);
    breakpoint->refused = problem != NULL;
    if (problem != NULL && asprintf(&breakpoint->message, "Not set: %s", problem) < 0)
        breakpoint->message = NULL;
    free(problem);
}

/* The number is this program's, and may be asked for with another one in mind, as editors keep
   breakpoints: the name tells. */
static bool is_called(const struct chunk *chunk, const char *asked) {
    struct string_builder name = {0};
    location_write_chunk(&name, chunk, 0);
    bool same = asked == NULL || strcmp(string_builder_text(&name), asked) == 0;
    string_builder_finish(&name);
    return same;
}

/* Of DAP's Source: a chunk that is code, if it has a reference; NULL: no such chunk is known. */
static struct chunk *find_code(const struct server *server, const cJSON *source) {
    int id = arguments_count(source, "sourceReference", 0);
    struct chunk *chunk = chunks_by_id(&server->debugger->account.chunks, id);
    bool found = chunk != NULL && location_is_code(chunk) &&
                 is_called(chunk, arguments_text(source, "name"));
    return found ? chunk : NULL;
}

static struct breakpoint_file *open_source(struct server *server, const cJSON *source,
                                           struct inspect_problem *problem) {
    struct breakpoints *breakpoints = &server->debugger->breakpoints;
    const char *path = arguments_text(source, "path");
    struct breakpoint_file *file;
    if (path != NULL && arguments_count(source, "sourceReference", 0) == 0) {
        file = breakpoints_of_path(breakpoints, path);
    } else {
        struct chunk *chunk = find_code(server, source);
        if (chunk == NULL) {
            inspect_refuse(problem, "the program has not loaded this code");
            return NULL;
        }
        chunks_tell(&server->debugger->account.chunks, chunk);
        file = breakpoints_of_code(breakpoints, chunk);
    }
    if (file == NULL)
        inspect_refuse(problem, "not enough memory");
    return file;
}

static cJSON *set_breakpoints(struct server *server, const cJSON *arguments,
                              struct inspect_problem *problem) {
    const cJSON *source = arguments_get(arguments, "source");
    const cJSON *list = arguments_get(arguments, "breakpoints");
    struct breakpoint_file *file = open_source(server, source, problem);
    if (file == NULL)
        return NULL;
    const char *name = arguments_text(source, file->code != NULL ? "name" : "path");
    size_t room = (size_t)cJSON_GetArraySize(list), count = 0;
    struct breakpoint *asked = calloc(room + 1, sizeof *asked);
    const cJSON *item;
    if (asked == NULL)
        return inspect_refuse(problem, "not enough memory");
    cJSON_ArrayForEach(item, list)
        read_one(server, name != NULL ? name : "code", &asked[count++], item);
    int error = breakpoints_replace(&server->debugger->breakpoints, file, asked, count);
    for (size_t i = 0; i < count && error != 0; i++)
        breakpoints_drop(&asked[i]);
    free(asked);
    expressions_clear(server->expressions);
    return error == 0 ? describe_all(file) : inspect_refuse(problem, "not enough memory");
}

/* Into the list, each line once. */
static void add_locations(cJSON *list, const struct line_map *map, int first, int last) {
    const struct line_entry *entry = line_map_at(map, first);
    for (int before = 0; entry != NULL && entry != line_map_end(map); entry++) {
        if (entry->line > (last > first ? last : first))
            break;
        if (entry->line == before)
            continue;
        before = entry->line;
        cJSON *location = cJSON_CreateObject();
        cJSON_AddNumberToObject(location, "line", before);
        cJSON_AddItemToArray(list, location);
    }
}

/* Lines with code. What cannot be read has none: the editor asks by itself, so that is no error. */
static cJSON *locations(struct server *server, const cJSON *arguments,
                        struct inspect_problem *problem) {
    const cJSON *source = arguments_get(arguments, "source");
    const char *path = arguments_text(source, "path");
    int first = arguments_count(arguments, "line", 0),
        last = arguments_count(arguments, "endLine", 0);
    cJSON *body = cJSON_CreateObject();
    cJSON *list = cJSON_AddArrayToObject(body, "breakpoints");
    const struct chunk *code = find_code(server, source);
    char *real = path != NULL ? realpath(path, NULL) : NULL;
    struct line_map of_code = {0};
    const struct line_map *map = &of_code;
    if (code != NULL)
        line_map_of_code(&of_code, code->name, code->name_bytes, NULL);
    else if (real != NULL)
        map = line_map_cache_get(&server->debugger->breakpoints.maps, real, NULL);
    if (map != NULL)
        add_locations(list, map, first, last);
    line_map_finish(&of_code);
    free(real);
    return body;
}

/* ---- of functions ---- */

static cJSON *describe_function(const struct function_breakpoint *breakpoint) {
    bool verified = breakpoint->message == NULL;
    cJSON *body = cJSON_CreateObject();
    cJSON_AddNumberToObject(body, "id", breakpoint->id);
    cJSON_AddBoolToObject(body, "verified", verified);
    if (verified)
        return body;
    cJSON_AddStringToObject(body, "reason", "failed");
    channel_add_text(body, "message", breakpoint->message);
    return body;
}

static void read_function(struct function_breakpoint *breakpoint, const cJSON *item, size_t index) {
    const char *name = arguments_text(item, "name");
    breakpoint->id = arguments_count(item, "id", 0);
    breakpoint->name = strdup(name);
    const struct breakpoint_options_asked asked = {.condition = arguments_text(item, "condition"),
                                                   .hit_count =
                                                       arguments_text(item, "hitCondition")};
    char *problem = breakpoint_options_read(&breakpoint->options, &asked);
    const char *bad_name = function_breakpoints_check_name(name);
    if (problem == NULL && bad_name != NULL)
        problem = strdup(bad_name);
    if (problem == NULL && index >= FUNCTION_BREAKPOINTS_MOST)
        problem = strdup("too many function breakpoints");
    if (problem != NULL && asprintf(&breakpoint->message, "Not set: %s", problem) < 0)
        breakpoint->message = NULL;
    free(problem);
}

static cJSON *set_function_breakpoints(struct server *server, const cJSON *arguments,
                                       struct inspect_problem *problem) {
    const cJSON *asked = arguments_get(arguments, "breakpoints");
    size_t room = (size_t)cJSON_GetArraySize(asked), count = 0;
    struct function_breakpoint *list = calloc(room + 1, sizeof *list);
    const cJSON *item;
    if (list == NULL)
        return inspect_refuse(problem, "not enough memory");
    cJSON_ArrayForEach(item, asked) {
        read_function(&list[count], item, count);
        count++;
    }
    int error = function_breakpoints_replace(&server->debugger->function_breakpoints, list, count);
    for (size_t i = 0; i < count && error != 0; i++)
        function_breakpoints_drop(&list[i]);
    free(list);
    if (error != 0)
        return inspect_refuse(problem, "not enough memory");
    expressions_clear(server->expressions);
    hook_refresh_running(server->debugger);
    cJSON *body = cJSON_CreateObject();
    cJSON *answers = cJSON_AddArrayToObject(body, "breakpoints");
    for (size_t i = 0; i < count; i++)
        cJSON_AddItemToArray(answers,
                             describe_function(&server->debugger->function_breakpoints.list[i]));
    return body;
}

const struct server_request server_breakpoint_requests[] = {
    {"setBreakpoints", set_breakpoints},
    {"breakpointLocations", locations},
    {"setFunctionBreakpoints", set_function_breakpoints},
    {NULL},
};
