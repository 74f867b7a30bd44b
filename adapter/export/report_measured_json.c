/* SPDX-License-Identifier: MIT */
#include "report_measured.h"

#include "json_numbers.h"
#include "report.h"

#include <errno.h>
#include <stdlib.h>

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

static bool add_place(cJSON *object, const struct figures *figures,
                      const struct measured_line *line) {
    char *source = report_source(figures, &line->place);
    bool good = source != NULL && cJSON_AddStringToObject(object, "source", source) != NULL &&
                json_add_number(object, "line", line->place.line);
    free(source);
    return good;
}

/* An object at the end of the array; NULL if memory is out. */
static cJSON *add_object(cJSON *array) {
    cJSON *object = cJSON_CreateObject();
    if (object == NULL || !cJSON_AddItemToArray(array, object))
        return NULL;
    return object;
}

static bool add_lines(cJSON *array, const struct figures *figures,
                      const struct measured *measured) {
    bool good = array != NULL;
    for (size_t i = 0; i < measured->count && good; i++) {
        const struct measured_line *line = &measured->lines[i];
        cJSON *object = add_object(array);
        good = object != NULL && add_place(object, figures, line) &&
               add_figures(object, &line->figures);
    }
    return good;
}

static bool add_evidence(cJSON *array, const struct measured_line *line) {
    bool good = array != NULL;
    for (size_t i = 0; i < line->evidence && good; i++)
        good = json_append_signed(array, line->retained[i]);
    return good;
}

static bool add_suspects(cJSON *array, const struct figures *figures,
                         const struct measured *measured) {
    bool good = array != NULL;
    for (size_t i = 0; i < measured->suspects && good; i++) {
        const struct measured_line *line = &measured->lines[i];
        cJSON *object = add_object(array);
        good = object != NULL && add_place(object, figures, line) &&
               add_evidence(cJSON_AddArrayToObject(object, "retained"), line);
    }
    return good;
}

static bool fill(cJSON *object, const struct figures *figures, const struct measured *measured) {
    return cJSON_AddStringToObject(object, "name", measured->name) != NULL &&
           json_add_number(object, "windows", measured->windows) &&
           json_add_number(object, "open", measured->open) &&
           add_figures(object, &measured->figures) &&
           json_add_number(object, "judged", measured->judged) &&
           add_lines(cJSON_AddArrayToObject(object, "lines"), figures, measured) &&
           add_suspects(cJSON_AddArrayToObject(object, "suspects"), figures, measured);
}

static int write_measured(FILE *file, const struct figures *figures, size_t index,
                          const struct measured_settings *settings) {
    struct measured measured;
    int error = measured_read(&measured, figures, index, settings);
    cJSON *object = error == 0 ? cJSON_CreateObject() : NULL;
    bool filled = object != NULL && fill(object, figures, &measured);
    char *text = filled ? cJSON_PrintUnformatted(object) : NULL;
    if (text != NULL)
        fputs(text, file);
    cJSON_free(text);
    cJSON_Delete(object);
    measured_finish(&measured);
    return text != NULL ? 0 : -ENOMEM;
}

int report_measured_json(FILE *file, const struct figures *figures,
                         const struct measured_settings *settings) {
    int error = 0;
    putc('[', file);
    for (size_t i = 0; i < measured_count(figures) && error == 0; i++) {
        fputs(i == 0 ? "\n" : ",\n", file);
        error = write_measured(file, figures, i, settings);
    }
    putc(']', file);
    return error;
}
