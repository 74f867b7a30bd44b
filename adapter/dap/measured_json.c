/* SPDX-License-Identifier: MIT */
#include "measured_json.h"

#include "alloc.h"
#include "lines_json.h"

static void add_spread(cJSON *object, const char *name, const struct measured_spread *spread) {
    cJSON *json = cJSON_AddObjectToObject(object, name);
    cJSON_AddNumberToObject(json, "last", (double)spread->last);
    cJSON_AddNumberToObject(json, "min", (double)spread->min);
    cJSON_AddNumberToObject(json, "median", (double)spread->median);
    cJSON_AddNumberToObject(json, "max", (double)spread->max);
    cJSON_AddNumberToObject(json, "trend", (double)spread->trend);
}

static void add_figures(cJSON *object, const struct measured_figures *figures) {
    add_spread(object, "growth", &figures->growth);
    add_spread(object, "allocated", &figures->allocated);
    add_spread(object, "freed", &figures->freed);
    add_spread(object, "retained", &figures->retained);
}

static cJSON *place_json(const struct measured_line *line, const struct figures *figures,
                         const struct positions *positions) {
    cJSON *json = alloc_checked(cJSON_CreateObject());
    cJSON_AddItemToObject(json, "source", lines_json_source(figures, &line->place));
    cJSON_AddNumberToObject(json, "line",
                            (double)positions_line_to_client(positions, line->place.line));
    return json;
}

static cJSON *suspect_json(const struct measured_line *line, const struct figures *figures,
                           const struct positions *positions) {
    cJSON *json = place_json(line, figures, positions);
    cJSON *retained = cJSON_AddArrayToObject(json, "retained");
    for (size_t i = 0; i < line->evidence; i++)
        cJSON_AddItemToArray(retained, cJSON_CreateNumber((double)line->retained[i]));
    return json;
}

static cJSON *window_json(const struct measured_window *window) {
    cJSON *json = alloc_checked(cJSON_CreateObject());
    cJSON_AddNumberToObject(json, "window", (double)window->number);
    cJSON_AddNumberToObject(json, "growth", (double)window->growth);
    cJSON_AddNumberToObject(json, "allocated", (double)window->allocated);
    cJSON_AddNumberToObject(json, "freed", (double)window->freed);
    if (window->retained >= 0)
        cJSON_AddNumberToObject(json, "retained", (double)window->retained);
    cJSON_AddNumberToObject(json, "heap", (double)window->heap);
    return json;
}

static cJSON *line_json(const struct measured *measured, const struct measured_line *line,
                        const struct figures *figures, const struct positions *positions) {
    cJSON *json = place_json(line, figures, positions);
    add_figures(json, &line->figures);
    cJSON *recent = cJSON_AddArrayToObject(json, "recent");
    for (size_t i = 0; i < measured->recent_count; i++)
        cJSON_AddItemToArray(recent, cJSON_CreateNumber((double)line->recent[i]));
    return json;
}

cJSON *measured_json(const struct measured *measured, const struct figures *figures, size_t lines,
                     const struct positions *positions) {
    cJSON *json = alloc_checked(cJSON_CreateObject());
    cJSON_AddStringToObject(json, "name", measured->name);
    cJSON_AddNumberToObject(json, "windows", (double)measured->windows);
    cJSON_AddNumberToObject(json, "open", (double)measured->open);
    add_figures(json, &measured->figures);
    cJSON_AddNumberToObject(json, "judged", (double)measured->judged);
    cJSON *recent = cJSON_AddArrayToObject(json, "recent");
    for (size_t i = 0; i < measured->recent_count; i++)
        cJSON_AddItemToArray(recent, window_json(&measured->recent[i]));
    cJSON *list = cJSON_AddArrayToObject(json, "lines");
    for (size_t i = 0; i < measured->count && i < lines; i++)
        cJSON_AddItemToArray(list, line_json(measured, &measured->lines[i], figures, positions));
    cJSON *suspects = cJSON_AddArrayToObject(json, "suspects");
    for (size_t i = 0; i < measured->suspects; i++)
        cJSON_AddItemToArray(suspects, suspect_json(&measured->lines[i], figures, positions));
    return json;
}
