/* SPDX-License-Identifier: MIT */
/*
 * measure: luaheat/measure, the windows between two moments of the program (docs/measure.md): lists
 * them, opens and closes one.
 */
#include "alloc.h"
#include "lines_json.h"
#include "measured_json.h"
#include "program.h"
#include "request_tables.h"

#include <stdlib.h>
#include <string.h>

static size_t read_limit(const cJSON *arguments) {
    const cJSON *limit = cJSON_GetObjectItemCaseSensitive(arguments, "limit");
    return cJSON_IsNumber(limit) ? (size_t)limit->valuedouble : SIZE_MAX;
}

static void write_place(struct json *json, const struct lines_row *place, const void *data) {
    const struct program *program = data;
    const struct client *client = program->owner->client;
    cJSON *source = lines_json_source(program->heat.copy.figures, place);
    source_paths_text_to_client(&client->paths, cJSON_GetObjectItemCaseSensitive(source, "path"));
    char *text = alloc_checked(cJSON_PrintUnformatted(source));
    json_name(json, "source");
    json_raw(json, text);
    json_member_signed(json, "line", positions_line_to_client(&client->positions, place->line));
    cJSON_free(text);
    cJSON_Delete(source);
}

static void write_list(struct json *json, const struct program *program,
                       const struct measured_settings *settings, size_t limit) {
    const struct figures *figures = program->heat.copy.figures;
    const struct measured_places places = {write_place, program, figures};
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

static cJSON *list_json(struct program *program, const struct measured_settings *settings,
                        size_t limit) {
    char *text = NULL;
    size_t size;
    struct json json;
    figures_copy_read(&program->heat.copy);
    FILE *file = alloc_checked(open_memstream(&text, &size));
    json_begin(&json, file);
    write_list(&json, program, settings, limit);
    if (json_finish(&json) != 0 || fclose(file) != 0)
        alloc_checked(NULL);
    cJSON *list = alloc_checked(cJSON_CreateRaw(text));
    free(text);
    return list;
}

/* After the runtime has done something: without the lines, which the client may ask for. */
static void add_list(void *data, cJSON *body) {
    struct program *program = data;
    const struct measured_settings settings = {program->settings->warmup};
    cJSON_AddItemToObject(body, "measurements", list_json(program, &settings, 0));
}

static void list(const struct request *request, uint64_t warmup) {
    const struct measured_settings settings = {warmup};
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON_AddItemToObject(
        body, "measurements",
        list_json(request->program, &settings, read_limit(request->arguments.object)));
    client_respond(request->client, &request->ticket, body);
}

static bool is_action(const char *word) {
    static const char *const actions[] = {"list", "start", "stop", "lap", "clear"};
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        if (strcmp(word, actions[i]) == 0)
            return true;
    return false;
}

static void measure(struct request *request) {
    struct arguments *arguments = &request->arguments;
    const char *action = arguments_string(arguments, "action", "list");
    bool lists = strcmp(action, "list") == 0;
    int64_t warmup = arguments_integer(
        arguments, "warmup", (int64_t)request->program->settings->warmup, 0, MESSAGE_MAX_INTEGER);
    arguments_integer(arguments, "limit", 0, 0, MESSAGE_MAX_INTEGER);
    if (!is_action(action))
        arguments_reject(arguments, "'action' must be list, start, stop, lap or clear, not '%s'",
                         action);
    else if (!lists)
        arguments_required_string(arguments, "name");
    if (arguments->problem != NULL)
        return;
    if (!request->program->heat.on)
        heat_map_refuse(request);
    else if (lists)
        list(request, (uint64_t)warmup);
    else
        program_forward_amended(request, add_list);
}

const struct request_entry measure_requests[] = {
    {"luaheat/measure", STATE_STARTED, measure, {"luaheat/measure"}},
    {NULL},
};
