/* SPDX-License-Identifier: MIT */
#include "runtime_events.h"

#include "alloc.h"
#include "ending.h"
#include "escape.h"
#include "execution.h"
#include "program.h"

#include <stdlib.h>
#include <string.h>

/* Of the program's file, as the client has it: a URL of Windows' has a slash in front of the drive,
   and no backslashes. */
static char *line_url(const struct program *program, int line) {
    char *path =
        source_paths_one_to_client(&program->owner->client->paths, program->settings->program);
    char *rooted = path[0] == '/' ? alloc_text(path) : alloc_printed("/%s", path);
    for (char *at = rooted; path[0] != '/' && *at != '\0'; at++)
        if (*at == '\\')
            *at = '/';
    char *url = alloc_checked(escape_file_url(rooted, line));
    free(rooted);
    free(path);
    return url;
}

/* With the way to the line, if it is one of the program. */
static void fail_to_load(struct program *program, const char *problem, const cJSON *line) {
    if (!cJSON_IsNumber(line) || program->announced) {
        ending_fail(program, ERROR_PROGRAM_UNLOADABLE, problem);
        return;
    }
    char *url = line_url(program, line->valueint);
    char *label = alloc_printed("Go to line %d", line->valueint);
    ending_fail_linked(program, ERROR_PROGRAM_UNLOADABLE, problem, url, label);
    free(label);
    free(url);
}

/* The runtime that is attached to is there, perhaps long after we have come; or does not let us in.
 */
static void on_there(struct program *program, const char *problem) {
    if (problem != NULL) {
        ending_turned_away(program, problem);
        return;
    }
    bool ran = program->state == PROGRAM_RUNNING;
    program->attached.heard = true;
    program->owner->on_heard(program->owner->data, program);
    if (ran) {
        execution_heard(program);
    } else if (program->state == PROGRAM_STARTING) {
        program_enter(program, PROGRAM_READY);
        program->owner->on_ready(program->owner->data, program);
    }
}

/* The runtime has loaded the program, or says why it could not. */
static void on_ready(struct program *program, const cJSON *body) {
    const cJSON *problem = cJSON_GetObjectItemCaseSensitive(body, "problem");
    if (program->settings->attach != NULL) {
        if (program_is_silent(program))
            on_there(program, cJSON_GetStringValue(problem));
        return;
    }
    if (program->state != PROGRAM_STARTING)
        return;
    if (cJSON_IsString(problem)) {
        fail_to_load(program, problem->valuestring, cJSON_GetObjectItemCaseSensitive(body, "line"));
        return;
    }
    bool was_unjoined = program_is_unjoined(program);
    program_enter(program, PROGRAM_READY);
    if (was_unjoined)
        program->owner->on_heard(program->owner->data, program);
    program->owner->on_ready(program->owner->data, program);
}

/* Only of one that is no child of ours is nothing better known. */
static void on_exits(struct program *program, const cJSON *body) {
    const cJSON *code = cJSON_GetObjectItemCaseSensitive(body, "exitCode");
    if (cJSON_IsNumber(code))
        program->told_exit = code->valueint;
}

/* More has been found out about one. */
static void on_breakpoint(struct program *program, const cJSON *body) {
    client_event(program->owner->client, "breakpoint", cJSON_Duplicate(body, true));
}

/* A breakpoint prints. */
static void on_output(struct program *program, const cJSON *body) {
    program_take_output(program, false);
    if (body != NULL)
        client_event(program->owner->client, "output", cJSON_Duplicate(body, true));
    program_hold_printer(program);
}

static void on_loaded_source(struct program *program, const cJSON *body) {
    client_event(program->owner->client, "loadedSource",
                 alloc_checked(cJSON_Duplicate(body, true)));
}

/* The figures are of the moment that luaheat/snapshot has asked for. */
static void on_snapshot(struct program *program, const cJSON *body) {
    const char *name = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(body, "name"));
    program_take_figures(program);
    heat_map_snapshot(&program->heat, name);
}

static void on_walking(struct program *program, const cJSON *body) {
    const cJSON *request = cJSON_GetObjectItemCaseSensitive(body, "requestId");
    const cJSON *objects = cJSON_GetObjectItemCaseSensitive(body, "objects");
    const cJSON *all = cJSON_GetObjectItemCaseSensitive(body, "all");
    if (cJSON_IsNumber(request) && cJSON_IsNumber(objects) && objects->valuedouble > 0)
        forwarding_note_walk(
            &program->forwarding, (int64_t)request->valuedouble, (uint64_t)objects->valuedouble,
            cJSON_IsNumber(all) && all->valuedouble > 0 ? (uint64_t)all->valuedouble : 0);
}

/* An event whose body was longer than the link takes comes without it: some say nothing then. */
static const struct {
    const char *event;
    void (*function)(struct program *program, const cJSON *body);
    bool needs_body;
} events[] = {
    {"ready", on_ready, false},
    {"stopped", execution_stopped, false},
    {"breakpoint", on_breakpoint, true},
    {"output", on_output, false},
    {"loadedSource", on_loaded_source, true},
    {"snapshot", on_snapshot, false},
    {"walking", on_walking, true},
    {"exits", on_exits, true},
};

void runtime_events_handle(void *data, const char *event, const cJSON *body) {
    for (size_t i = 0; i < sizeof events / sizeof events[0]; i++)
        if (strcmp(events[i].event, event) == 0 && (body != NULL || !events[i].needs_body))
            events[i].function(data, body);
}
