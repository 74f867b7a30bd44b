/* SPDX-License-Identifier: MIT */
#include "largest.h"

#include "answer_fields.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- one row ---- */

static int read_place(struct largest_place *place, const cJSON *json) {
    const cJSON *source = cJSON_GetObjectItemCaseSensitive(json, "source");
    place->path = answer_text(json, "text", "");
    place->source = answer_text(source, "path", NULL);
    if (place->source == NULL)
        place->source = answer_text(source, "name", NULL);
    place->line = place->source != NULL ? (uint32_t)answer_number(json, "line") : 0;
    return place->path != NULL ? 0 : -ENOMEM;
}

static void place_finish(struct largest_place *place) {
    free(place->path);
    free(place->source);
}

static int read_table(struct largest_table *table, const cJSON *json) {
    table->bytes = answer_number(json, "bytes");
    table->retained = answer_number(json, "retained");
    table->entries = answer_number(json, "entries");
    return read_place(&table->place, json);
}

static int read_string(struct largest_string *string, const cJSON *json) {
    string->saved = answer_number(json, "saved");
    string->bytes = answer_number(json, "bytes");
    string->each = answer_number(json, "each");
    string->count = answer_number(json, "count");
    string->value = answer_text(json, "value", "");
    int error = read_place(&string->place, json);
    return string->value != NULL ? error : -ENOMEM;
}

/* ---- tables, strings ---- */

int largest_tables_read(struct largest_tables *tables, const cJSON *answer) {
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(answer, "tables"), *one;
    int error = 0;
    tables->all = answer_number(answer, "tableCount");
    tables->rows = calloc((size_t)cJSON_GetArraySize(list) + 1, sizeof *tables->rows);
    if (tables->rows == NULL)
        return -ENOMEM;
    cJSON_ArrayForEach(one, list) {
        if (error == 0)
            error = read_table(&tables->rows[tables->count++], one);
    }
    return error;
}

void largest_tables_finish(struct largest_tables *tables) {
    for (size_t i = 0; i < tables->count; i++)
        place_finish(&tables->rows[i].place);
    free(tables->rows);
    *tables = (struct largest_tables){0};
}

int largest_strings_read(struct largest_strings *strings, const cJSON *answer) {
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(answer, "strings"), *one;
    int error = 0;
    strings->all = answer_number(answer, "groupCount");
    strings->saved = answer_number(answer, "saved");
    strings->rows = calloc((size_t)cJSON_GetArraySize(list) + 1, sizeof *strings->rows);
    if (strings->rows == NULL)
        return -ENOMEM;
    cJSON_ArrayForEach(one, list) {
        if (error == 0)
            error = read_string(&strings->rows[strings->count++], one);
    }
    return error;
}

void largest_strings_finish(struct largest_strings *strings) {
    for (size_t i = 0; i < strings->count; i++) {
        place_finish(&strings->rows[i].place);
        free(strings->rows[i].value);
    }
    free(strings->rows);
    *strings = (struct largest_strings){0};
}

/* ---- of a run ---- */

int largest_read(struct largest *largest, const cJSON *told) {
    const cJSON *answer = cJSON_GetObjectItemCaseSensitive(told, "largest");
    if (!cJSON_IsObject(answer))
        return 0;
    largest->json = cJSON_PrintUnformatted(answer);
    if (largest->json == NULL)
        return -ENOMEM;
    int error =
        largest_tables_read(&largest->tables, cJSON_GetObjectItemCaseSensitive(answer, "tables"));
    return error != 0 ? error
                      : largest_strings_read(&largest->strings,
                                             cJSON_GetObjectItemCaseSensitive(answer, "strings"));
}

void largest_finish(struct largest *largest) {
    largest_tables_finish(&largest->tables);
    largest_strings_finish(&largest->strings);
    cJSON_free(largest->json);
    *largest = (struct largest){0};
}
