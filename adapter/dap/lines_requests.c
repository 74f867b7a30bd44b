/* SPDX-License-Identifier: MIT */
/*
 * lines: luaheat/lines, the figures of all lines or of one source's, sorted and in pages.
 */
#include "alloc.h"
#include "lines_json.h"
#include "requests.h"
#include "session.h"
#include "wanted_source.h"

static enum lines_sort read_sort(struct arguments *arguments) {
    const char *word = arguments_string(arguments, "sort", "growth");
    enum lines_sort sort = LINES_BY_GROWTH;
    if (lines_sort_parse(word, &sort) != 0)
        arguments_reject(arguments,
                         "'sort' must be growth, allocated, freed, live, peak, allocations or "
                         "line, not '%s'",
                         word);
    return sort;
}

static void lines_request(struct session *session, struct request *request) {
    struct arguments *arguments = &request->arguments;
    const struct figures *figures = session->memory.map.figures;
    struct wanted_source wanted;
    bool one_source = wanted_source_read(&wanted, arguments);
    enum lines_sort sort = read_sort(arguments);
    int64_t limit = arguments_integer(arguments, "limit", INT64_MAX, 0, MESSAGE_MAX_INTEGER);
    int64_t offset = arguments_integer(arguments, "offset", 0, 0, MESSAGE_MAX_INTEGER);
    if (arguments->problem != NULL)
        return;
    if (!session->memory.on) {
        memory_refuse(session, request);
        return;
    }
    struct lines lines;
    memory_read(&session->memory, &lines);
    if (one_source)
        wanted_source_keep(&wanted, &lines, figures);
    lines_sort(&lines, figures, sort);
    client_respond(
        &session->client, &request->ticket,
        lines_json(&lines, figures, (size_t)offset, (size_t)limit, &session->client.positions));
    lines_finish(&lines);
}

const struct request_entry lines_requests[] = {
    {"luaheat/lines", STATE_STARTED, lines_request, {"luaheat/lines", "luaheat/heat"}},
    {NULL},
};
