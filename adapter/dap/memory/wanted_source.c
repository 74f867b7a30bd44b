/* SPDX-License-Identifier: MIT */
#include "wanted_source.h"

#include "alloc.h"
#include "contract_check.h"
#include "lines_json.h"

#include <stdlib.h>
#include <string.h>

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
void wanted_source_keep(const struct wanted_source *wanted, struct lines *lines,
                        const struct figures *figures) {
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

bool wanted_source_read(struct wanted_source *wanted, struct arguments *arguments) {
    const cJSON *source = cJSON_GetObjectItemCaseSensitive(arguments->object, "source");
    *wanted = (struct wanted_source){0};
    if (source == NULL)
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
                         contract_type_of(source));
    }
    wanted->exists = wanted->path != NULL && stat(wanted->path, &wanted->status) == 0;
    return true;
}
