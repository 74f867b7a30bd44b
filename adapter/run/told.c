/* SPDX-License-Identifier: MIT */
#include "told.h"

#include "link.h"

#include <string.h>

/* ---- what is asked ---- */

int told_set_largest(struct told_options *options, size_t rows, char complaint[COMPLAINT_BYTES]) {
    if (rows == 0 || rows > TOLD_LARGEST)
        return complain(complaint, "--largest takes a number of rows from 1 to %d", TOLD_LARGEST);
    options->largest = rows;
    return 0;
}

void told_set_moment(struct told_options *options, const char *word) {
    options->at_peak = strcmp(word, "peak") == 0;
    options->has_moment = true;
}

bool told_is_asked(const struct told_options *options) {
    return options->why.words != NULL || options->largest > 0;
}

const char *told_moment(const struct told_options *options) {
    return options->at_peak ? "peak" : "end";
}

static bool ask_why(cJSON *measuring, const struct file_line *place) {
    cJSON *json = cJSON_AddObjectToObject(measuring, "why");
    return cJSON_AddStringToObject(json, "path", place->path) != NULL &&
           cJSON_AddNumberToObject(json, "line", place->line) != NULL;
}

static bool ask_largest(cJSON *measuring, size_t rows) {
    cJSON *json = cJSON_AddObjectToObject(measuring, "largest");
    return cJSON_AddNumberToObject(json, "limit", (double)rows) != NULL;
}

bool told_ask(cJSON *measuring, const struct told_options *options) {
    return (options->why.words == NULL || ask_why(measuring, &options->why.place)) &&
           (options->largest == 0 || ask_largest(measuring, options->largest)) &&
           cJSON_AddBoolToObject(measuring, "peak", options->at_peak) != NULL;
}

/* ---- what was told ---- */

/* One of the halves; NULL: none is whole. The program may have scribbled over it. */
static const char *whole_half(const char *memory) {
    const char *place = memory[0] == '1' ? memory : memory + LINK_ANSWER_HALF;
    bool whole = *place == '1' && memchr(place, '\0', LINK_ANSWER_HALF) != NULL;
    return whole ? place + 1 : NULL;
}

cJSON *told_read(const char *memory) {
    const char *text = whole_half(memory);
    cJSON *told = text != NULL ? cJSON_Parse(text) : NULL;
    if (cJSON_IsObject(told))
        return told;
    cJSON_Delete(told);
    return NULL;
}
