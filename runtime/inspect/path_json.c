/* SPDX-License-Identifier: MIT */
#include "path_json.h"

#include "source.h"

static void add_step(cJSON *path, struct chunks *chunks, const struct heap_step *step) {
    cJSON *json = cJSON_CreateObject();
    cJSON_AddStringToObject(json, "kind", step->kind);
    cJSON_AddStringToObject(json, "text", string_builder_text(&step->text));
    if (step->line > 0) {
        cJSON_AddItemToObject(json, "source", source_of(chunks, &step->record));
        cJSON_AddNumberToObject(json, "line", step->line);
    }
    cJSON_AddItemToArray(path, json);
}

void path_json_add(cJSON *json, struct chunks *chunks, const struct heap_path *path) {
    cJSON_AddStringToObject(json, "text", string_builder_text(&path->text));
    cJSON *steps = cJSON_AddArrayToObject(json, "path");
    for (size_t i = 0; i < path->count; i++)
        add_step(steps, chunks, &path->steps[i]);
}
