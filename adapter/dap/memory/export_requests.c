/* SPDX-License-Identifier: MIT */
/*
 * export_requests: luaheat/export, the figures of now in a file, in the format of another program,
 * and luaheat/heapSnapshot, which has the runtime write what is alive (docs/exports.md).
 *
 * An older file there is replaced when the new one is whole (cli/replacement.h).
 */
#include "alloc.h"
#include "export.h"
#include "manual.h"
#include "options.h"
#include "program.h"
#include "replacement.h"
#include "request_tables.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A path that is a source of the program? An export must not take its place. */
static bool is_source(const struct figures *figures, const struct stat *file) {
    struct stat status;
    for (uint32_t i = 0; i < figures->source_count && i < FIGURES_MAX_SOURCES; i++) {
        const char *path = lines_path(figures, &(struct lines_row){.source = i});
        if (path != NULL && stat(path, &status) == 0 && status.st_ino == file->st_ino &&
            status.st_dev == file->st_dev)
            return true;
    }
    return false;
}

/* Why what is there must stay; NULL: it may be replaced, or nothing is there. */
static const char *why_not(const struct figures *figures, const char *path) {
    struct stat status;
    if (stat(path, &status) != 0)
        return NULL;
    if (!S_ISREG(status.st_mode))
        return "that is no regular file";
    return is_source(figures, &status) ? "that is a source of the program" : NULL;
}

static int write_file(const struct program *program, const struct export_format *format,
                      const char *path, long long *bytes) {
    const struct measured_settings measuring = {program->settings->warmup};
    struct replacement replacement;
    int error = replacement_open(&replacement, path);
    if (error == 0)
        error =
            export_write(format, replacement.file, program->heat.copy.figures, &measuring, NULL);
    if (error == 0)
        return replacement_finish(&replacement, bytes);
    replacement_discard(&replacement);
    return error;
}

static void refuse(const struct request *request, const char *path, const char *why) {
    char *text = alloc_printed("Cannot export to %s: %s", path, why);
    client_refuse(request->client, &request->ticket, ERROR_CANNOT_EXPORT, NULL, text);
    free(text);
}

/* The place behind a link, if there is one: the link stays. The caller's to free(). */
static char *real_place(const char *path) {
    char *real = realpath(path, NULL);
    return real != NULL ? real : alloc_text(path);
}

static void write_and_answer(const struct request *request, const struct export_format *format,
                             const char *path) {
    char *place = real_place(path);
    long long bytes = 0;
    figures_copy_read(&request->program->heat.copy);
    const char *why = why_not(request->program->heat.copy.figures, place);
    if (why == NULL) {
        int error = write_file(request->program, format, place, &bytes);
        why = error != 0 ? strerror(-error) : NULL;
    }
    free(place);
    if (why != NULL) {
        refuse(request, path, why);
        return;
    }
    cJSON *body = alloc_checked(cJSON_CreateObject());
    source_paths_text_to_client(&request->client->paths,
                                cJSON_AddStringToObject(body, "path", path));
    cJSON_AddNumberToObject(body, "bytes", (double)bytes);
    client_respond(request->client, &request->ticket, body);
}

static void refuse_format(struct arguments *arguments, const char *name) {
    char formats[OPTIONS_LIST_BYTES];
    options_list(formats, manual_export_formats, " or ");
    arguments_reject(arguments, "'format' must be %s, not '%s'", formats, name);
}

static void check_path(struct arguments *arguments, const char *path) {
    if (arguments->problem == NULL && *path != '/')
        arguments_reject(arguments, "'path' must be absolute, not '%s'", path);
}

static void export_to(struct request *request, const char *path) {
    struct arguments *arguments = &request->arguments;
    const char *name = arguments_required_string(arguments, "format");
    const struct export_format *format = export_find(name, strlen(name));
    if (arguments->problem == NULL && format == NULL)
        refuse_format(arguments, name);
    check_path(arguments, path);
    if (arguments->problem != NULL)
        return;
    if (request->program->heat.on)
        write_and_answer(request, format, path);
    else
        heat_map_refuse(request);
}

/* Written where the program is. */
static void export_request(struct request *request) {
    const char *asked = arguments_required_string(&request->arguments, "path");
    char *path = source_paths_one_from_client(&request->client->paths, asked);
    export_to(request, path);
    free(path);
}

/* ---- luaheat/heapSnapshot ---- */

static void tell_client_path(void *data, cJSON *body) {
    const struct program *program = data;
    source_paths_text_to_client(&program->owner->client->paths,
                                cJSON_GetObjectItemCaseSensitive(body, "path"));
}

static void have_written(struct request *request, const char *path) {
    char *place = real_place(path);
    const char *why = why_not(request->program->heat.copy.figures, place);
    if (why != NULL) {
        refuse(request, path, why);
    } else {
        cJSON *arguments = alloc_checked(cJSON_CreateObject());
        cJSON_AddStringToObject(arguments, "path", place);
        program_forward_with(request, arguments, tell_client_path, NULL);
    }
    free(place);
}

static void heap_snapshot(struct request *request) {
    struct arguments *arguments = &request->arguments;
    const char *asked = arguments_required_string(arguments, "path");
    char *path = source_paths_one_from_client(&request->client->paths, asked);
    check_path(arguments, path);
    if (arguments->problem == NULL && request->program->heat.on)
        have_written(request, path);
    else if (arguments->problem == NULL)
        heat_map_refuse(request);
    free(path);
}

const struct request_entry export_requests[] = {
    {"luaheat/export", STATE_STARTED, export_request, {"luaheat/export"}},
    {"luaheat/heapSnapshot", STATE_STOPPED, heap_snapshot, {"luaheat/heapSnapshot"}},
    {NULL},
};
