/* SPDX-License-Identifier: MIT */
#include "console_commands.h"

#include "alloc.h"
#include "heat_span.h"
#include "largest.h"
#include "program.h"
#include "quantity.h"
#include "report_hottest.h"
#include "report_table.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SCREEN_COLUMNS = 120 };

struct answering {
    FILE *file;
    const struct program *program;
    struct screen screen;
};

typedef void command_function(const struct answering *answering, const cJSON *asked);

static int64_t number_of(const cJSON *asked, const char *name) {
    const cJSON *number = cJSON_GetObjectItemCaseSensitive(asked, name);
    return cJSON_IsNumber(number) ? (int64_t)number->valuedouble : 0;
}

static void check(int error) {
    if (error != 0)
        alloc_checked(NULL);
}

/* ---- lines ---- */

static void print_hottest(const struct answering *answering, struct heat_span span, int64_t count) {
    const struct heat_map *heat = &answering->program->heat;
    struct lines lines;
    heat_span_read(heat, span, &lines);
    lines_sort(&lines, heat->copy.figures, COLUMN_GROWTH);
    check(report_hottest(answering->file, heat->copy.figures, &lines, (size_t)count,
                         &answering->screen));
    lines_finish(&lines);
}

static void top(const struct answering *answering, const cJSON *asked) {
    print_hottest(answering, (struct heat_span){0}, number_of(asked, "count"));
}

static void since(const struct answering *answering, const cJSON *asked) {
    const struct heat_span span = {.since = number_of(asked, "stop")};
    if (heat_span_unknown(&answering->program->heat, span) == 0)
        print_hottest(answering, span, number_of(asked, "count"));
    else
        fprintf(answering->file,
                "There is no stop or snapshot %" PRId64 ", or its figures are not kept any more.\n",
                span.since);
}

/* ---- measurements ---- */

/* Takes the figures of now. */
static struct measured_settings measure(const struct answering *answering) {
    const struct program *program = answering->program;
    heat_map_take(&program->heat);
    if (!report_measured_any(program->heat.copy.figures))
        fputs("Nothing is measured: give a breakpoint the mode Memory: lap.\n", answering->file);
    return (struct measured_settings){program->settings->warmup};
}

static void suspects(const struct answering *answering, const cJSON *asked) {
    const struct measured_settings settings = measure(answering);
    check(report_suspects(answering->file, answering->program->heat.copy.figures, &settings,
                          &answering->screen));
}

static void measurements(const struct answering *answering, const cJSON *asked) {
    const struct figures *figures = answering->program->heat.copy.figures;
    const struct measured_settings settings = measure(answering);
    check(report_findings(answering->file, figures, &settings, &answering->screen));
    check(report_measured_table(answering->file, figures, &settings, &answering->screen));
}

/* ---- one object ---- */

static void print_size(const struct answering *answering, const cJSON *answer) {
    if (cJSON_GetObjectItemCaseSensitive(answer, "bytes") == NULL)
        fputs("Its size is not known: memory is not measured in this session.\n", answering->file);
    else
        fprintf(answering->file, "%s, and it alone retains %s\n",
                quantity_bytes((uint64_t)number_of(answer, "bytes")).text,
                quantity_bytes((uint64_t)number_of(answer, "retained")).text);
}

static bool is_held(const struct answering *answering, const cJSON *answer) {
    bool held = number_of(answer, "found") > 0;
    if (!held)
        fputs("Nothing but the debugger holds it.\n", answering->file);
    return held;
}

static void size(const struct answering *answering, const cJSON *asked) {
    const cJSON *answer = cJSON_GetObjectItemCaseSensitive(asked, "answer");
    if (is_held(answering, answer))
        print_size(answering, answer);
}

static void print_shape(const struct answering *answering, const cJSON *shape) {
    const cJSON *text = cJSON_GetObjectItemCaseSensitive(shape, "text");
    int64_t paths = number_of(shape, "paths");
    if (!cJSON_IsString(text))
        return;
    fprintf(answering->file, "  %s", text->valuestring);
    if (paths > 1)
        fprintf(answering->file, " (%s paths)", quantity_count((uint64_t)paths).text);
    putc('\n', answering->file);
}

static void why(const struct answering *answering, const cJSON *asked) {
    const cJSON *answer = cJSON_GetObjectItemCaseSensitive(asked, "answer"), *shape;
    const cJSON *shapes = cJSON_GetObjectItemCaseSensitive(answer, "shapes");
    int64_t more = number_of(answer, "shapeCount") - cJSON_GetArraySize(shapes);
    if (!is_held(answering, answer))
        return;
    if (cJSON_GetObjectItemCaseSensitive(answer, "bytes") != NULL)
        print_size(answering, answer);
    fputs("It is held by\n", answering->file);
    cJSON_ArrayForEach(shape, shapes) print_shape(answering, shape);
    if (more > 0)
        fprintf(answering->file, "  ... and %s more\n", quantity_count((uint64_t)more).text);
}

/* ---- what takes the room ---- */

static void tables(const struct answering *answering, const cJSON *asked) {
    const char *sort = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(asked, "sort"));
    struct largest_tables found = {.by_bytes = sort != NULL && strcmp(sort, "bytes") == 0};
    check(largest_tables_read(&found, cJSON_GetObjectItemCaseSensitive(asked, "answer")));
    check(report_largest_tables(answering->file, &found, &answering->screen));
    largest_tables_finish(&found);
}

static void strings(const struct answering *answering, const cJSON *asked) {
    struct largest_strings found = {.count = 0};
    check(largest_strings_read(&found, cJSON_GetObjectItemCaseSensitive(asked, "answer")));
    check(report_largest_strings(answering->file, &found, &answering->screen));
    largest_strings_finish(&found);
}

/* ---- the collector ---- */

static void collect(const struct answering *answering, const cJSON *asked) {
    int64_t before = number_of(asked, "before"), after = number_of(asked, "after");
    fprintf(answering->file, "%s collected; the heap has %s\n",
            quantity_bytes(before > after ? (uint64_t)(before - after) : 0).text,
            quantity_bytes((uint64_t)after).text);
}

/* ---- all of them ---- */

static const struct {
    const char *command;
    bool figures; /* it needs them */
    command_function *print;
} commands[] = {
    {"top", true, top},           {"since", true, since},      {"measurements", true, measurements},
    {"suspects", true, suspects}, {"why", false, why},         {"size", false, size},
    {"tables", false, tables},    {"strings", false, strings}, {"collect", false, collect},
};

static void print_answer(const struct answering *answering, const cJSON *asked) {
    const cJSON *word = cJSON_GetObjectItemCaseSensitive(asked, "command");
    for (size_t i = 0; cJSON_IsString(word) && i < sizeof commands / sizeof *commands; i++) {
        if (strcmp(word->valuestring, commands[i].command) != 0)
            continue;
        if (commands[i].figures && !answering->program->heat.on)
            fputs("Memory is not measured in this session: set \"memory\" to \"exact\".\n",
                  answering->file);
        else
            commands[i].print(answering, asked);
    }
}

/* What the code has given beside, and then the answers. */
static char *text_of(const struct program *program, const cJSON *result, const cJSON *list) {
    char *text = NULL;
    size_t size;
    struct answering answering = {
        .file = alloc_checked(open_memstream(&text, &size)),
        .program = program,
        .screen = {SCREEN_COLUMNS, program->owner->client->features.ansi, program->settings->cwd}};
    if (cJSON_IsString(result) && *result->valuestring != '\0')
        fprintf(answering.file, "%s\n", result->valuestring);
    const cJSON *asked;
    cJSON_ArrayForEach(asked, list) print_answer(&answering, asked);
    if (fclose(answering.file) != 0)
        alloc_checked(NULL);
    if (size > 0 && text[size - 1] == '\n')
        text[size - 1] = '\0';
    return text;
}

void console_commands_answer(void *data, cJSON *body) {
    struct program *program = data;
    cJSON *list = cJSON_DetachItemFromObjectCaseSensitive(body, "luaheat");
    if (list == NULL)
        return;
    char *text = text_of(program, cJSON_GetObjectItemCaseSensitive(body, "result"), list);
    cJSON_DeleteItemFromObjectCaseSensitive(body, "result");
    cJSON_AddStringToObject(body, "result", text);
    cJSON_Delete(list);
    free(text);
}
