/* SPDX-License-Identifier: MIT */
#include "measurements.h"

#include "alloc.h"
#include "forward.h"
#include "lines_json.h"
#include "measured_json.h"
#include "requests.h"
#include "session.h"

#include <stdlib.h>
#include <string.h>

/* ---- modes of a breakpoint ---- */

void measurements_add_modes(cJSON *capabilities) {
    static const struct {
        const char *mode, *label, *description;
    } modes[] = {
        {"stop", "Stop the program", "Stops before the line is run"},
        {"memory: start", "Memory: start",
         "A window of a measurement begins here; the program goes on. A log message is its name"},
        {"memory: stop", "Memory: stop", "The window ends here; the program goes on"},
        {"memory: lap", "Memory: lap",
         "A window from each time the program comes here to the next; the program goes on"},
    };
    cJSON *list = cJSON_AddArrayToObject(capabilities, "breakpointModes");
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        static const char *const kinds[] = {"source"};
        cJSON *mode = alloc_checked(cJSON_CreateObject());
        cJSON_AddStringToObject(mode, "mode", modes[i].mode);
        cJSON_AddStringToObject(mode, "label", modes[i].label);
        cJSON_AddStringToObject(mode, "description", modes[i].description);
        cJSON_AddItemToObject(mode, "appliesTo", cJSON_CreateStringArray(kinds, 1));
        cJSON_AddItemToArray(list, mode);
    }
}

/* ---- those of launch ---- */

static void tell_problems(void *data, struct runtime_reply *reply) {
    const cJSON *problem;
    cJSON_ArrayForEach(problem, cJSON_GetObjectItemCaseSensitive(reply->body, "problems")) {
        char *text = alloc_printed("Measurement %s: %s\n", problem->string, problem->valuestring);
        session_show_output(data, "console", text);
        free(text);
    }
}

void measurements_send(struct session *session) {
    const struct launch_settings *settings = &session->launch.settings;
    if (!settings->no_debug)
        runtime_link_send(&session->link, "setMeasuring",
                          cJSON_Duplicate(settings->measuring, true), tell_problems, session);
}

/* ---- luaheat/measure ---- */

static size_t read_limit(const cJSON *arguments) {
    const cJSON *limit = cJSON_GetObjectItemCaseSensitive(arguments, "limit");
    return cJSON_IsNumber(limit) ? (size_t)limit->valuedouble : SIZE_MAX;
}

static void write_place(struct json *json, const struct lines_row *place, const void *data) {
    const struct session *session = data;
    cJSON *source = lines_json_source(session->memory.map.figures, place);
    char *text = alloc_checked(cJSON_PrintUnformatted(source));
    json_name(json, "source");
    json_raw(json, text);
    json_member_signed(json, "line",
                       positions_line_to_client(&session->client.positions, place->line));
    cJSON_free(text);
    cJSON_Delete(source);
}

static void write_list(struct json *json, const struct session *session,
                       const struct measured_settings *settings, size_t limit) {
    const struct figures *figures = session->memory.map.figures;
    const struct measured_places places = {write_place, session};
    json_begin_array(json);
    for (size_t i = 0; i < measured_count(figures); i++) {
        struct measured measured;
        if (measured_read(&measured, figures, i, settings) != 0)
            alloc_checked(NULL);
        measured_json(json, &measured, limit, &places);
        measured_finish(&measured);
    }
    json_end_array(json);
}

static cJSON *list_json(struct session *session, const struct measured_settings *settings,
                        size_t limit) {
    char *text = NULL;
    size_t size;
    struct json json;
    figures_copy_read(&session->memory.map);
    FILE *file = alloc_checked(open_memstream(&text, &size));
    json_begin(&json, file);
    write_list(&json, session, settings, limit);
    if (json_finish(&json) != 0 || fclose(file) != 0)
        alloc_checked(NULL);
    cJSON *list = alloc_checked(cJSON_CreateRaw(text));
    free(text);
    return list;
}

/* After the runtime has done something: without the lines, which the client may ask for. */
static void add_list(struct session *session, cJSON *body) {
    const struct launch_settings *launch = &session->launch.settings;
    const struct measured_settings settings = {launch->warmup, launch->collect};
    cJSON_AddItemToObject(body, "measurements", list_json(session, &settings, 0));
}

static void list(struct session *session, const struct request *request, uint64_t warmup) {
    const struct measured_settings settings = {warmup, session->launch.settings.collect};
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON_AddItemToObject(body, "measurements",
                          list_json(session, &settings, read_limit(request->arguments.object)));
    client_respond(&session->client, &request->ticket, body);
}

static bool is_action(const char *word) {
    static const char *const actions[] = {"list", "start", "stop", "lap", "clear"};
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        if (strcmp(word, actions[i]) == 0)
            return true;
    return false;
}

static void measure(struct session *session, struct request *request) {
    struct arguments *arguments = &request->arguments;
    const char *action = arguments_string(arguments, "action", "list");
    bool lists = strcmp(action, "list") == 0;
    int64_t warmup = arguments_integer(
        arguments, "warmup", (int64_t)session->launch.settings.warmup, 0, MESSAGE_MAX_INTEGER);
    arguments_integer(arguments, "limit", 0, 0, MESSAGE_MAX_INTEGER);
    if (!is_action(action))
        arguments_reject(arguments, "'action' must be list, start, stop, lap or clear, not '%s'",
                         action);
    else if (!lists)
        arguments_required_string(arguments, "name");
    if (arguments->problem != NULL)
        return;
    if (!session->memory.on)
        memory_refuse(session, request);
    else if (lists)
        list(session, request, (uint64_t)warmup);
    else
        forward_amended(session, request, add_list);
}

const struct request_entry measurements_requests[] = {
    {"luaheat/measure", STATE_STARTED, measure, {"luaheat/measure"}},
    {NULL},
};
