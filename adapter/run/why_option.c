/* SPDX-License-Identifier: MIT */
#include "why_option.h"

#include "answer_fields.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

int why_option_parse(struct why_option *option, const char *words,
                     char complaint[COMPLAINT_BYTES]) {
    const char *rest;
    why_option_finish(option);
    if (file_line_parse(&option->place, words, "", &rest) != 0)
        return complain(complaint, "--why takes FILE:LINE, such as main.lua:3, not '%.150s'",
                        words);
    char *path = realpath(option->place.path, NULL);
    if (path == NULL)
        return complain(complaint, "--why names %.150s: %s", option->place.path, strerror(errno));
    free(option->place.path);
    option->place.path = path;
    option->words = words;
    return 0;
}

void why_option_finish(struct why_option *option) {
    file_line_finish(&option->place);
    option->place = (struct file_line){0};
}

/* ---- the answer ---- */

static int read_shape(struct why_shape *shape, const cJSON *json) {
    *shape = (struct why_shape){.text = answer_text(json, "text", ""),
                                .count = answer_number(json, "count"),
                                .paths = answer_number(json, "paths"),
                                .bytes = answer_number(json, "bytes"),
                                .retained = answer_number(json, "retained")};
    return shape->text != NULL ? 0 : -ENOMEM;
}

static int read_answer(struct why *why, const cJSON *answer) {
    const cJSON *shapes = cJSON_GetObjectItemCaseSensitive(answer, "shapes"), *shape;
    int error = 0;
    why->heap = answer_number(answer, "heap");
    why->live = answer_number(answer, "live");
    why->reached = answer_number(answer, "reached");
    why->all = answer_number(answer, "shapeCount");
    why->shapes = calloc((size_t)cJSON_GetArraySize(shapes) + 1, sizeof *why->shapes);
    if (why->shapes == NULL)
        return -ENOMEM;
    cJSON_ArrayForEach(shape, shapes) {
        error = error == 0 ? read_shape(&why->shapes[why->count], shape) : error;
        why->count += error == 0;
    }
    return error;
}

int why_read(struct why *why, const struct why_option *option, const char *at, const cJSON *told) {
    *why = (struct why){.place = option->words, .at = at};
    const cJSON *answer = cJSON_GetObjectItemCaseSensitive(told, "why");
    if (!cJSON_IsObject(answer))
        return 0;
    why->json = cJSON_PrintUnformatted(answer);
    return why->json != NULL ? read_answer(why, answer) : -ENOMEM;
}

void why_finish(struct why *why) {
    for (size_t i = 0; i < why->count; i++)
        free(why->shapes[i].text);
    free(why->shapes);
    cJSON_free(why->json);
    *why = (struct why){0};
}
