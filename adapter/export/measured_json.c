/* SPDX-License-Identifier: MIT */
#include "measured_json.h"

#include "json_numbers.h"

static bool add_spread(cJSON *object, const char *name, const struct measured_spread *spread) {
    cJSON *json = cJSON_AddObjectToObject(object, name);
    return json != NULL && json_add_signed(json, "last", spread->last) &&
           json_add_signed(json, "min", spread->min) &&
           json_add_signed(json, "median", spread->median) &&
           json_add_signed(json, "max", spread->max) &&
           json_add_signed(json, "trend", spread->trend);
}

static bool add_figures(cJSON *object, const struct measured_figures *figures) {
    return add_spread(object, "growth", &figures->growth) &&
           add_spread(object, "allocated", &figures->allocated) &&
           add_spread(object, "freed", &figures->freed) &&
           add_spread(object, "retained", &figures->retained);
}

static bool add_series(cJSON *object, const char *name, const int64_t *numbers, size_t count) {
    cJSON *array = cJSON_AddArrayToObject(object, name);
    bool good = array != NULL;
    for (size_t i = 0; i < count && good; i++)
        good = json_append_signed(array, numbers[i]);
    return good;
}

/* An object at the end of the array; NULL if memory is out. */
static cJSON *add_object(cJSON *array) {
    cJSON *object = cJSON_CreateObject();
    if (object == NULL || !cJSON_AddItemToArray(array, object))
        return NULL;
    return object;
}

static bool add_window(cJSON *array, const struct measured_window *window) {
    cJSON *json = add_object(array);
    return json != NULL && json_add_number(json, "window", window->number) &&
           json_add_signed(json, "growth", window->growth) &&
           json_add_signed(json, "allocated", window->allocated) &&
           json_add_signed(json, "freed", window->freed) &&
           (window->retained < 0 || json_add_signed(json, "retained", window->retained)) &&
           json_add_number(json, "heap", window->heap);
}

static bool add_windows(cJSON *array, const struct measured *measured) {
    bool good = array != NULL;
    for (size_t i = 0; i < measured->recent_count && good; i++)
        good = add_window(array, &measured->recent[i]);
    return good;
}

static bool add_lines(cJSON *array, const struct measured *measured, size_t lines,
                      const struct measured_places *places) {
    bool good = array != NULL;
    for (size_t i = 0; i < measured->count && i < lines && good; i++) {
        const struct measured_line *line = &measured->lines[i];
        cJSON *json = add_object(array);
        good = json != NULL && places->add(json, &line->place, places->data) &&
               add_figures(json, &line->figures) &&
               add_series(json, "recent", line->recent, measured->recent_count);
    }
    return good;
}

static bool add_suspects(cJSON *array, const struct measured *measured,
                         const struct measured_places *places) {
    bool good = array != NULL;
    for (size_t i = 0; i < measured->suspects && good; i++) {
        const struct measured_line *line = &measured->lines[i];
        cJSON *json = add_object(array);
        good = json != NULL && places->add(json, &line->place, places->data) &&
               add_series(json, "retained", line->retained, line->evidence);
    }
    return good;
}

static bool fill(cJSON *json, const struct measured *measured, size_t lines,
                 const struct measured_places *places) {
    return cJSON_AddStringToObject(json, "name", measured->name) != NULL &&
           json_add_number(json, "windows", measured->windows) &&
           json_add_number(json, "open", measured->open) && add_figures(json, &measured->figures) &&
           json_add_number(json, "judged", measured->judged) &&
           add_windows(cJSON_AddArrayToObject(json, "recent"), measured) &&
           add_lines(cJSON_AddArrayToObject(json, "lines"), measured, lines, places) &&
           add_suspects(cJSON_AddArrayToObject(json, "suspects"), measured, places);
}

cJSON *measured_json(const struct measured *measured, size_t lines,
                     const struct measured_places *places) {
    cJSON *json = cJSON_CreateObject();
    if (json == NULL || fill(json, measured, lines, places))
        return json;
    cJSON_Delete(json);
    return NULL;
}
