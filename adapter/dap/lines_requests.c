/* SPDX-License-Identifier: MIT */
/*
 * lines: luaheat/lines, the figures of all lines or of one source's, sorted and in pages.
 */
#include "alloc.h"
#include "lines_json.h"
#include "requests.h"
#include "session.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Which source a client means: by path, in whatever spelling, or by name if it has no path. */
struct wanted_source {
    const char *path, *name;
    bool exists;
    struct stat status;
};

static bool is_same_file(const struct wanted_source *wanted, const char *path) {
    struct stat status;
    return strcmp(path, wanted->path) == 0 ||
           (wanted->exists && stat(path, &status) == 0 && status.st_ino == wanted->status.st_ino &&
            status.st_dev == wanted->status.st_dev);
}

static bool is_wanted(const struct wanted_source *wanted, const struct figures *figures,
                      const struct lines_row *row) {
    const char *path = lines_path(figures, row);
    if (path != NULL)
        return wanted->path != NULL && is_same_file(wanted, path);
    char *name = alloc_checked(lines_name(figures, row));
    bool same = wanted->name != NULL && strcmp(name, wanted->name) == 0;
    free(name);
    return same;
}

/* Each source is looked up once: it may have many rows, and the file system is slow. */
static void keep_source(struct lines *lines, const struct figures *figures,
                        const struct wanted_source *wanted) {
    enum { UNKNOWN, WANTED, UNWANTED };
    char *verdicts = alloc_zeroed(LINES_JSON_SOURCES, 1);
    size_t kept = 0;
    for (size_t i = 0; i < lines->count; i++) {
        const struct lines_row *row = &lines->rows[i];
        char *verdict = &verdicts[lines_json_source_index(row)];
        if (*verdict == UNKNOWN)
            *verdict = is_wanted(wanted, figures, row) ? WANTED : UNWANTED;
        if (*verdict == WANTED)
            lines->rows[kept++] = *row;
    }
    lines->count = kept;
    free(verdicts);
}

/* `source` is DAP's Source, or just its path or name. False: all sources are wanted. */
static bool read_source(struct arguments *arguments, struct wanted_source *wanted) {
    const cJSON *source = cJSON_GetObjectItemCaseSensitive(arguments->object, "source");
    *wanted = (struct wanted_source){0};
    if (source == NULL || cJSON_IsNull(source))
        return false;
    if (cJSON_IsString(source)) {
        wanted->path = wanted->name = source->valuestring;
    } else if (cJSON_IsObject(source)) {
        struct arguments of_source = arguments_of(source);
        wanted->path = arguments_string(&of_source, "path", NULL);
        wanted->name = arguments_string(&of_source, "name", NULL);
        if (of_source.problem != NULL)
            arguments_reject(arguments, "In 'source': %s", of_source.problem);
        else if (wanted->path == NULL && wanted->name == NULL)
            arguments_reject(arguments, "'source' must have a 'path' or a 'name'");
        arguments_finish(&of_source);
    } else {
        arguments_reject(arguments, "'source' must be a string or an object, not %s",
                         arguments_type(source));
    }
    wanted->exists = wanted->path != NULL && stat(wanted->path, &wanted->status) == 0;
    return true;
}

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
    bool one_source = read_source(arguments, &wanted);
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
        keep_source(&lines, figures, &wanted);
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
