/* SPDX-License-Identifier: MIT */
/*
 * retainers: luaheat/retainers, who holds what a line has allocated, or what an expression gives.
 * The runtime walks the heap; which sites are a line's is known here.
 */
#include "alloc.h"
#include "program.h"
#include "request_tables.h"
#include "wanted_source.h"

/* The numbers of the line's sites; NULL: it has never allocated anything. */
static cJSON *sites_of(const struct heat_map *heat, const struct wanted_source *wanted,
                       int64_t line) {
    struct lines lines;
    cJSON *sites = NULL;
    heat_map_read(heat, &lines);
    wanted_source_keep(wanted, &lines, heat->copy.figures);
    for (size_t i = 0; i < lines.count; i++) {
        if (lines.rows[i].line != line)
            continue;
        if (sites == NULL)
            sites = alloc_checked(cJSON_CreateArray());
        cJSON_AddItemToArray(sites, cJSON_CreateNumber((double)lines.rows[i].site));
    }
    lines_finish(&lines);
    return sites;
}

/* Which of what is found are wanted. */
static const char *const numbers[] = {"limit", "shape", "start", "count"};
enum { NUMBERS = sizeof numbers / sizeof *numbers };

static void pass_numbers(const struct request *request, cJSON *arguments) {
    for (size_t i = 0; i < NUMBERS; i++) {
        const cJSON *number =
            cJSON_GetObjectItemCaseSensitive(request->arguments.object, numbers[i]);
        if (number != NULL)
            cJSON_AddNumberToObject(arguments, numbers[i], number->valuedouble);
    }
}

static void by_line(struct request *request, const struct wanted_source *wanted, int64_t line) {
    if (!request->program->heat.on) {
        heat_map_refuse(request);
        return;
    }
    cJSON *sites = sites_of(&request->program->heat, wanted, line);
    if (sites == NULL) {
        arguments_reject(&request->arguments, "This line has allocated nothing");
        return;
    }
    cJSON *arguments = alloc_checked(cJSON_CreateObject());
    cJSON_AddItemToObject(arguments, "sites", sites);
    pass_numbers(request, arguments);
    program_forward_with(request, arguments, NULL, NULL);
}

static void retainers(struct request *request) {
    struct arguments *arguments = &request->arguments;
    struct wanted_source wanted;
    bool has_source = wanted_source_read(&wanted, arguments);
    const char *expression = arguments_string(arguments, "expression", NULL);
    int64_t line = arguments_integer(arguments, "line", -1, 0, ARGUMENTS_MAX_ID);
    arguments_integer(arguments, "frameId", 0, 0, ARGUMENTS_MAX_ID);
    arguments_integer(arguments, "limit", 0, 0, ARGUMENTS_MAX_ID);
    arguments_integer(arguments, "shape", 0, 0, ARGUMENTS_MAX_ID);
    arguments_integer(arguments, "start", 0, 0, ARGUMENTS_MAX_ID);
    arguments_integer(arguments, "count", 0, 0, ARGUMENTS_MAX_ID);
    if (has_source == (expression != NULL) || has_source != (line >= 0))
        arguments_reject(arguments, "Either 'source' and 'line' are needed, or 'expression'");
    if (arguments->problem != NULL)
        return;
    if (has_source)
        by_line(request, &wanted, line);
    else
        program_forward(request);
}

const struct request_entry retainers_requests[] = {
    {"luaheat/retainers", STATE_STOPPED, retainers, {"luaheat/retainers"}},
    {NULL},
};
