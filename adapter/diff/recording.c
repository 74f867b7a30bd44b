/* SPDX-License-Identifier: MIT */
#include "recording.h"

#include "complain.h"

#include <cJSON.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double largest = 9007199254740992.0; /* 2^53 */

/* A row of the report, before rows are put together by file. Strings are the JSON's. */
struct row {
    const char *source;
    size_t index; /* in the report */
    struct recorded_line line;
};

struct reading {
    struct recording *recording;
    const char *name;
    char *complaint;
    struct row *rows;
    size_t count;
    double totals[COLUMNS]; /* of their sizes: what is added up later fits */
};

/* ---- a report's members ---- */

static bool whole_number(const cJSON *object, const char *name, double least, int64_t *number) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    if (!cJSON_IsNumber(item) || !(item->valuedouble >= least && item->valuedouble <= largest))
        return false;
    *number = (int64_t)item->valuedouble;
    return (double)*number == item->valuedouble;
}

static int complain_shape(const struct reading *reading, const char *what) {
    return complain(reading->complaint, "%.200s is no report of luaheat run --format json: %s",
                    reading->name, what);
}

static int complain_row(const struct reading *reading, size_t index, const char *what,
                        const char *name) {
    char text[120];
    snprintf(text, sizeof text, "lines[%zu] has no %s '%s'", index, what, name);
    return complain_shape(reading, text);
}

static int read_figures(struct reading *reading, const cJSON *item, struct row *row) {
    for (const enum column_id *id = columns_for(COLUMNS_TO_COMPARE); *id != COLUMN_NONE; id++) {
        const struct column *column = &columns_table[*id];
        double least = column->unit == COLUMN_CHANGE ? -largest : 0;
        if (column->later && !cJSON_HasObjectItem(item, column->name)) {
            reading->recording->lacks[*id] = true;
            continue;
        }
        if (!whole_number(item, column->name, least, &row->line.figures[*id]))
            return complain_row(reading, row->index, "whole number", column->name);
        reading->totals[*id] += fabs((double)row->line.figures[*id]);
        if (reading->totals[*id] > largest)
            return complain_row(reading, row->index, "possible", column->name);
    }
    return 0;
}

static int read_row(struct reading *reading, const cJSON *item, struct row *row) {
    int64_t line;
    row->source = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, "source"));
    if (row->source == NULL)
        return complain_row(reading, row->index, "string", "source");
    if (!whole_number(item, "line", 0, &line) || line > UINT32_MAX)
        return complain_row(reading, row->index, "line number", "line");
    row->line.line = (uint32_t)line;
    row->line.text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, "text"));
    return read_figures(reading, item, row);
}

/* What happened below a line, which a report tells as well, is not compared. */
static bool did_anything(const struct row *row) {
    for (int i = 0; i < COLUMNS; i++)
        if (row->line.figures[i] != 0)
            return true;
    return false;
}

static int read_rows(struct reading *reading, const cJSON *lines) {
    const cJSON *item;
    reading->rows = calloc((size_t)cJSON_GetArraySize(lines) + 1, sizeof *reading->rows);
    if (reading->rows == NULL)
        return complain(reading->complaint, "not enough memory");
    size_t index = 0;
    cJSON_ArrayForEach(item, lines) {
        struct row *row = &reading->rows[reading->count];
        *row = (struct row){.index = index++};
        int error = read_row(reading, item, row);
        if (error != 0)
            return error;
        reading->count += did_anything(row);
    }
    return 0;
}

static int read_heap(const struct reading *reading, const cJSON *heap) {
    if (!whole_number(heap, "live", 0, &reading->recording->live) ||
        !whole_number(heap, "peak", 0, &reading->recording->peak))
        return complain_shape(reading, "it has no 'heap' with 'live' and 'peak'");
    return 0;
}

/* What is missing would look as if the program did not do it. */
static int check_whole(const struct reading *reading, const cJSON *report) {
    int64_t left_out;
    if (!whole_number(report, "left_out", 1, &left_out))
        return 0;
    return complain(reading->complaint,
                    "%.200s leaves out %lld lines; write it without --top to compare it",
                    reading->name, (long long)left_out);
}

/* ---- rows by file ---- */

static int compare_rows(const void *left, const void *right) {
    const struct row *a = left, *b = right;
    int difference = strcmp(a->source, b->source);
    if (difference == 0)
        difference = (a->line.line > b->line.line) - (a->line.line < b->line.line);
    return difference != 0 ? difference : (a->index > b->index) - (a->index < b->index);
}

/* Two chunks of one name can have the same line. */
static void add_figures(struct recorded_line *line, const struct row *row) {
    for (int i = 0; i < COLUMNS; i++)
        line->figures[i] += row->line.figures[i];
}

static bool add_line(struct recorded_file *file, const struct row *row) {
    if (file->count > 0 && file->lines[file->count - 1].line == row->line.line) {
        add_figures(&file->lines[file->count - 1], row);
        return true;
    }
    struct recorded_line *line = &file->lines[file->count];
    *line = row->line;
    line->text = row->line.text != NULL ? strdup(row->line.text) : NULL;
    file->count++;
    return line->text != NULL || row->line.text == NULL;
}

/* The rows of one source, which stand together. */
static bool add_file(struct recording *recording, const struct row *rows, size_t count) {
    struct recorded_file *file = &recording->files[recording->count++];
    file->source = strdup(rows[0].source);
    file->lines = calloc(count, sizeof *file->lines);
    bool added = file->source != NULL && file->lines != NULL;
    for (size_t i = 0; i < count && added; i++)
        added = add_line(file, &rows[i]);
    return added;
}

static int collect_files(const struct reading *reading) {
    struct recording *recording = reading->recording;
    if (reading->count > 1)
        qsort(reading->rows, reading->count, sizeof *reading->rows, compare_rows);
    recording->files = calloc(reading->count + 1, sizeof *recording->files);
    bool added = recording->files != NULL;
    for (size_t start = 0, end; start < reading->count && added; start = end) {
        const char *source = reading->rows[start].source;
        for (end = start; end < reading->count && strcmp(reading->rows[end].source, source) == 0;)
            end++;
        added = add_file(recording, reading->rows + start, end - start);
    }
    return added ? 0 : complain(reading->complaint, "not enough memory");
}

/* ---- the whole ---- */

static int read_report(struct reading *reading, const cJSON *report) {
    const cJSON *lines = cJSON_GetObjectItemCaseSensitive(report, "lines");
    int error = read_heap(reading, cJSON_GetObjectItemCaseSensitive(report, "heap"));
    if (error == 0 && !cJSON_IsArray(lines))
        error = complain_shape(reading, "it has no array 'lines'");
    if (error == 0)
        error = check_whole(reading, report);
    if (error == 0)
        error = read_rows(reading, lines);
    if (error == 0)
        error = collect_files(reading);
    free(reading->rows);
    return error;
}

/* Where the text stops being JSON, as people count lines. */
static int complain_json(const struct reading *reading, const char *text, const char *at) {
    size_t line = 1;
    for (; text < at; text++)
        line += *text == '\n';
    return complain(reading->complaint, "%.200s is no JSON: line %zu cannot be read", reading->name,
                    line);
}

static bool blank(const char *text, const char *end) {
    while (text < end && strchr(" \t\r\n", *text) != NULL && *text != '\0')
        text++;
    return text == end;
}

int recording_parse(struct recording *recording, const char *text, size_t size, const char *name,
                    char *complaint) {
    struct reading reading = {.recording = recording, .name = name, .complaint = complaint};
    *recording = (struct recording){0};
    if (blank(text, text + size))
        return complain(complaint, "%.200s is empty", name);
    const char *end = text;
    cJSON *report = cJSON_ParseWithLengthOpts(text, size, &end, false);
    int error;
    if (report == NULL || !blank(end, text + size))
        error = complain_json(&reading, text, end);
    else
        error = read_report(&reading, report);
    cJSON_Delete(report);
    return error;
}

/* All of the file, which may be a pipe. The caller's to free(); NULL with errno. */
static char *read_file(const char *path, size_t *size) {
    char *text = NULL, block[1 << 16];
    FILE *file = fopen(path, "re"), *memory = file != NULL ? open_memstream(&text, size) : NULL;
    if (memory == NULL) {
        if (file != NULL)
            fclose(file);
        return NULL;
    }
    size_t count;
    while ((count = fread(block, 1, sizeof block, file)) > 0)
        fwrite(block, 1, count, memory);
    int error = ferror(file) ? errno : 0;
    if (fclose(memory) != 0 && error == 0)
        error = ENOMEM;
    fclose(file);
    if (error == 0)
        return text;
    free(text);
    errno = error;
    return NULL;
}

int recording_read(struct recording *recording, const char *path, char *complaint) {
    size_t size;
    *recording = (struct recording){0};
    char *text = read_file(path, &size);
    if (text == NULL)
        return complain(complaint, "cannot read %.200s: %s", path, strerror(errno));
    int error = recording_parse(recording, text, size, path, complaint);
    free(text);
    return error;
}

void recording_finish(struct recording *recording) {
    for (size_t i = 0; i < recording->count; i++) {
        struct recorded_file *file = &recording->files[i];
        for (size_t j = 0; j < file->count; j++)
            free(file->lines[j].text);
        free(file->lines);
        free(file->source);
    }
    free(recording->files);
    *recording = (struct recording){0};
}
