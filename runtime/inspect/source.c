/* SPDX-License-Identifier: MIT */
#include "source.h"

#include "arguments.h"
#include "file_text.h"
#include "location.h"
#include "reference.h"
#include "stop.h"
#include "string_builder.h"
#include "text.h"
#include "value_path.h"

#include <stdlib.h>
#include <string.h>

/* Of a longer text the rest is left out: an answer has to fit into a message. */
enum { MOST_BYTES = 8 << 20 };

static cJSON *describe(const char *bytes, size_t size) {
    struct string_builder content = {0};
    size_t kept = text_cut(bytes, size, MOST_BYTES);
    string_builder_escape(&content, bytes, kept);
    if (kept < size)
        string_builder_print(&content, "\n-- … (%zu bytes; the first %zu are shown)\n", size, kept);
    cJSON *body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "content", string_builder_text(&content));
    cJSON_AddStringToObject(body, "mimeType", "text/x-lua");
    string_builder_finish(&content);
    return body;
}

static cJSON *describe_file(const char *path, struct inspect_problem *problem) {
    size_t size;
    char *bytes = file_text_read(path, &size);
    if (bytes == NULL)
        return inspect_refuse(problem, "this file cannot be read, or is larger than %d MiB: %s",
                              FILE_TEXT_BYTES >> 20, path);
    cJSON *body = describe(bytes, size);
    free(bytes);
    return body;
}

/* What was given to load() as a string, or a file. */
static cJSON *describe_chunk(const struct stop *stop, int id, struct inspect_problem *problem) {
    const struct chunk *chunk = chunks_by_id(stop->chunks, id);
    if (chunk == NULL)
        return inspect_refuse(problem, "there is no source %d", id);
    if (location_is_code(chunk))
        return describe(chunk->name, chunk->name_bytes);
    if (chunk->path != NULL)
        return describe_file(chunk->path, problem);
    return inspect_refuse(problem, "the program gave this code a name but not its text");
}

static cJSON *read_source(struct stop *stop, const cJSON *arguments,
                          struct inspect_problem *problem) {
    const cJSON *asked = arguments_get(arguments, "source");
    const char *path = arguments_text(asked, "path");
    int id =
        arguments_count(asked, "sourceReference", arguments_count(arguments, "sourceReference", 0));
    if (id == 0 && path != NULL)
        return describe_file(path, problem);
    return describe_chunk(stop, id, problem);
}

/* Takes the name. */
static cJSON *source_called(struct string_builder *name, struct chunks *chunks,
                            struct chunk *chunk) {
    cJSON *source = cJSON_CreateObject();
    cJSON_AddStringToObject(source, "name", string_builder_text(name));
    string_builder_finish(name);
    if (chunk != NULL && chunk->path != NULL) {
        inspect_add_text(source, "path", chunk->path, strlen(chunk->path));
    } else if (chunk != NULL && location_is_code(chunk)) {
        cJSON_AddNumberToObject(source, "sourceReference", chunk->id);
        chunks_tell(chunks, chunk);
    }
    return source;
}

cJSON *source_of(struct chunks *chunks, const lua_Debug *record) {
    struct string_builder name = {0};
    if (*record->what == 'C')
        return NULL;
    location_write(&name, record, 0);
    return source_called(&name, chunks, chunks_find(chunks, record->source, record->srclen));
}

cJSON *source_of_chunk(struct chunks *chunks, struct chunk *chunk) {
    struct string_builder name = {0};
    location_write_chunk(&name, chunk, 0);
    return source_called(&name, chunks, chunk);
}

/* ---- where a function is defined that a location reference came with ---- */

/* Of the value on top of the stack. */
static cJSON *locate(struct stop *stop, struct inspect_problem *problem) {
    lua_Debug record;
    if (!lua_isfunction(stop->L, -1))
        return inspect_refuse(problem, "there is no function (any more)");
    lua_pushvalue(stop->L, -1);
    lua_getinfo(stop->L, ">S", &record);
    cJSON *source = source_of(stop->chunks, &record);
    if (source == NULL)
        return inspect_refuse(problem, "a function made in C has no place in a source");
    cJSON *body = cJSON_CreateObject();
    cJSON_AddItemToObject(body, "source", source);
    cJSON_AddNumberToObject(body, "line", record.linedefined > 0 ? record.linedefined : 1);
    cJSON_AddNumberToObject(body, "column", 1);
    return body;
}

static cJSON *locations(struct stop *stop, const cJSON *arguments,
                        struct inspect_problem *problem) {
    int number = arguments_count(arguments, "locationReference", 0);
    struct reference reference;
    if (!reference_find(&stop->references, number, &reference, problem))
        return NULL;
    int height = lua_gettop(stop->L);
    cJSON *body = NULL;
    if (reference.view == VIEW_VALUE && value_path_push(&stop->paths, reference.path))
        body = locate(stop, problem);
    else
        inspect_refuse(problem, "there is no function (any more)");
    lua_settop(stop->L, height);
    return body;
}

const struct inspect_request source_requests[] = {
    {"source", read_source},
    {"locations", locations},
    {NULL, NULL},
};
