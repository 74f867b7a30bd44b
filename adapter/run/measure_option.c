/* SPDX-License-Identifier: MIT */
#include "measure_option.h"

#include "complain.h"
#include "told.h"

#include <cJSON.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

static int not_understood(const char *words, char *complaint) {
    return complain(complaint,
                    "--measure takes NAME=FILE:LINE or NAME=FILE:LINE..FILE:LINE, not '%.60s'",
                    words);
}

static int make_absolute(struct file_line *place, char *complaint) {
    char *path = place->path != NULL ? realpath(place->path, NULL) : NULL;
    if (path == NULL && place->path != NULL)
        return complain(complaint, "--measure names %.150s: %s", place->path, strerror(errno));
    free(place->path);
    place->path = path;
    return 0;
}

static int read_places(struct measure_option *option, const char *words) {
    const char *rest;
    if (file_line_parse(&option->from, words, "..", &rest) == 0)
        return file_line_parse(&option->to, rest + strlen(".."), "", &rest);
    return file_line_parse(&option->from, words, "", &rest);
}

int measure_option_parse(struct measure_option *option, const char *words,
                         char complaint[COMPLAINT_BYTES]) {
    const char *equals = strchr(words, '=');
    *option = (struct measure_option){0};
    if (equals == NULL || equals == words)
        return not_understood(words, complaint);
    option->name = strndup(words, (size_t)(equals - words));
    int error = read_places(option, equals + 1);
    if (error != 0)
        not_understood(words, complaint);
    if (error == 0)
        error = make_absolute(&option->from, complaint);
    if (error == 0)
        error = make_absolute(&option->to, complaint);
    if (error != 0)
        measure_option_finish(option);
    return error;
}

void measure_option_finish(struct measure_option *option) {
    free(option->name);
    file_line_finish(&option->from);
    file_line_finish(&option->to);
    *option = (struct measure_option){0};
}

/* ---- telling the runtime ---- */

static bool add_place(cJSON *measurement, const char *name, const struct file_line *place) {
    cJSON *json = cJSON_AddObjectToObject(measurement, name);
    return cJSON_AddStringToObject(json, "path", place->path) != NULL &&
           cJSON_AddNumberToObject(json, "line", place->line) != NULL;
}

static bool add_option(cJSON *measurements, const struct measure_option *option) {
    cJSON *measurement = cJSON_CreateObject();
    return cJSON_AddItemToArray(measurements, measurement) &&
           cJSON_AddStringToObject(measurement, "name", option->name) != NULL &&
           add_place(measurement, "from", &option->from) &&
           (option->to.path == NULL || add_place(measurement, "to", &option->to));
}

char *measure_option_json(const struct measure_option *options, size_t count, bool collect,
                          uint64_t warmup, const struct told_options *told) {
    cJSON *measuring = cJSON_CreateObject();
    bool good = cJSON_AddBoolToObject(measuring, "collect", collect) != NULL &&
                cJSON_AddNumberToObject(measuring, "warmup",
                                        warmup < INT32_MAX ? (double)warmup : INT32_MAX) != NULL;
    cJSON *measurements = cJSON_AddArrayToObject(measuring, "measurements");
    for (size_t i = 0; i < count && good; i++)
        good = add_option(measurements, &options[i]);
    good = good && told_ask(measuring, told);
    char *text = good ? cJSON_PrintUnformatted(measuring) : NULL;
    cJSON_Delete(measuring);
    return text;
}
