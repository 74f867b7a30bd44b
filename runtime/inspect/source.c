/* SPDX-License-Identifier: MIT */
#include "arguments.h"
#include "location.h"
#include "stop.h"

static const struct chunk *find(const struct stop *stop, int id) {
    const struct chunk *chunk = stop->account->chunks.first;
    while (chunk != NULL && chunk->id != id)
        chunk = chunk->next;
    return chunk;
}

/* The text of a chunk that was given to load() as a string. */
static cJSON *source(struct stop *stop, const cJSON *arguments, struct inspect_problem *problem) {
    int id = 0;
    if (!arguments_count(arguments, "sourceReference", &id, problem) ||
        !arguments_count(arguments_get(arguments, "source"), "sourceReference", &id, problem))
        return NULL;
    const struct chunk *chunk = find(stop, id);
    if (chunk == NULL)
        return inspect_refuse(problem, "there is no source %d", id);
    if (!location_is_code(chunk))
        return inspect_refuse(problem, chunk->path != NULL
                                           ? "this source is a file: open it by its path"
                                           : "the program gave this code a name but not its text");
    cJSON *body = cJSON_CreateObject();
    inspect_add_text(body, "content", chunk->name, chunk->name_bytes);
    cJSON_AddStringToObject(body, "mimeType", "text/x-lua");
    return body;
}

const struct inspect_request source_requests[] = {
    {"source", source},
    {NULL, NULL},
};
