/* SPDX-License-Identifier: MIT */
/*
 * retainers: luaheat/retainers, who holds what a line has allocated, or what an expression gives.
 * The runtime walks the heap; which sites are a line's is known here.
 */
#include "alloc.h"
#include "forward.h"
#include "requests.h"
#include "session.h"
#include "wanted_source.h"

/* The numbers of the line's sites; NULL: it has never allocated anything. */
static cJSON *sites_of(struct session *session, const struct wanted_source *wanted, int64_t line) {
    struct lines lines;
    cJSON *sites = NULL;
    memory_read(&session->memory, &lines);
    wanted_source_keep(wanted, &lines, session->memory.map.figures);
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

static void by_line(struct session *session, struct request *request,
                    const struct wanted_source *wanted, int64_t line, int64_t limit) {
    if (!session->memory.on) {
        memory_refuse(session, request);
        return;
    }
    cJSON *sites = sites_of(session, wanted, line);
    if (sites == NULL) {
        arguments_reject(&request->arguments, "This line has allocated nothing");
        return;
    }
    cJSON *arguments = alloc_checked(cJSON_CreateObject());
    cJSON_AddItemToObject(arguments, "sites", sites);
    cJSON_AddNumberToObject(arguments, "limit", (double)limit);
    forward_with(session, request, arguments, NULL, NULL);
}

static void retainers(struct session *session, struct request *request) {
    struct arguments *arguments = &request->arguments;
    struct wanted_source wanted;
    bool has_source = wanted_source_read(&wanted, arguments);
    const char *expression = arguments_string(arguments, "expression", NULL);
    int64_t line = arguments_integer(arguments, "line", -1, 0, ARGUMENTS_MAX_ID);
    int64_t limit = arguments_integer(arguments, "limit", 10, 0, ARGUMENTS_MAX_ID);
    arguments_integer(arguments, "frameId", 0, 0, ARGUMENTS_MAX_ID);
    if (has_source == (expression != NULL) || has_source != (line >= 0))
        arguments_reject(arguments, "Either 'source' and 'line' are needed, or 'expression'");
    if (arguments->problem != NULL)
        return;
    if (has_source)
        by_line(session, request, &wanted, line, limit);
    else
        forward(session, request);
}

const struct request_entry retainers_requests[] = {
    {"luaheat/retainers", STATE_STOPPED, retainers, {"luaheat/retainers"}},
    {NULL},
};
