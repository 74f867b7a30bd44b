/* SPDX-License-Identifier: MIT */
/*
 * lines: luaheat/lines, the figures of all lines or of one source's, of now or between two kept
 * snapshots, sorted and in pages.
 */
#include "alloc.h"
#include "heat_span.h"
#include "lines_json.h"
#include "program.h"
#include "request_tables.h"
#include "wanted_source.h"

#include <stdlib.h>
#include <string.h>

static enum column_id read_sort(struct arguments *arguments) {
    const char *word = arguments_string(arguments, "sort", "growth");
    enum column_id sort = columns_find(COLUMNS_TO_SORT, word, strlen(word));
    char words[COLUMNS_WORDS_BYTES];
    if (sort == COLUMN_NONE)
        arguments_reject(arguments, "'sort' must be %s, not '%s'",
                         columns_words(COLUMNS_TO_SORT, " or ", words), word);
    return sort;
}

static struct heat_span read_span(struct arguments *arguments) {
    struct heat_span span = {arguments_integer(arguments, "since", 0, 1, MESSAGE_MAX_INTEGER),
                             arguments_integer(arguments, "until", 0, 1, MESSAGE_MAX_INTEGER)};
    if (span.until != 0 && span.until < span.since)
        arguments_reject(arguments, "'until' must not come before 'since'");
    return span;
}

static void refuse_snapshot(const struct request *request, int64_t id) {
    char *text =
        alloc_printed("There is no stop or snapshot %lld, or its figures are not kept any more; "
                      "luaheat/snapshots lists those that are",
                      (long long)id);
    client_refuse(request->client, &request->ticket, ERROR_STALE_REFERENCE, NULL, text);
    free(text);
}

/* What lived at the peak is known of now only. */
static void check_sort(struct arguments *arguments, enum column_id sort, struct heat_span span) {
    if (sort == COLUMN_AT_PEAK && (span.since != 0 || span.until != 0))
        arguments_reject(arguments, "'sort' must not be peak with 'since' or 'until'");
}

static void lines_request(struct request *request) {
    struct arguments *arguments = &request->arguments;
    const struct figures *figures = request->program->heat.copy.figures;
    struct wanted_source wanted;
    bool one_source = wanted_source_read(&wanted, arguments);
    enum column_id sort = read_sort(arguments);
    int64_t limit = arguments_integer(arguments, "limit", INT64_MAX, 0, MESSAGE_MAX_INTEGER);
    int64_t offset = arguments_integer(arguments, "offset", 0, 0, MESSAGE_MAX_INTEGER);
    struct heat_span span = read_span(arguments);
    check_sort(arguments, sort, span);
    if (arguments->problem != NULL)
        return;
    if (!request->program->heat.on) {
        heat_map_refuse(request);
        return;
    }
    int64_t unknown = heat_span_unknown(&request->program->heat, span);
    if (unknown != 0) {
        refuse_snapshot(request, unknown);
        return;
    }
    struct lines lines;
    heat_span_read(&request->program->heat, span, &lines);
    if (one_source)
        wanted_source_keep(&wanted, &lines, figures);
    lines_sort(&lines, figures, sort);
    client_respond(
        request->client, &request->ticket,
        lines_json(&lines, figures, (size_t)offset, (size_t)limit, &request->client->positions));
    lines_finish(&lines);
}

const struct request_entry lines_requests[] = {
    {"luaheat/lines", STATE_STARTED, lines_request, {"luaheat/lines", "luaheat/heat"}},
    {NULL},
};
