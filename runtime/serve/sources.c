/* SPDX-License-Identifier: MIT */
#include "sources.h"

#include "debugger.h"
#include "key.h"
#include "location.h"
#include "server.h"
#include "stop.h"
#include "string_builder.h"

#include <lauxlib.h>
#include <string.h>

enum {
    LOOK_FRAMES = 200, /* of a stack */
    ANNOUNCED_STRINGS = 100,
    LISTED_STRINGS = 10000,
    LOOK_ENTRIES = 10000 /* of package.loaded and the tables in it, together */
};

/* Two names of one file are one source. */
static bool is_source(const struct chunk *chunk) {
    return chunk->path == NULL || chunk->file == chunk;
}

/* For the client, who may come back to it. */
static cJSON *describe(struct chunks *chunks, struct chunk *chunk) {
    struct string_builder name = {0};
    cJSON *source = cJSON_CreateObject();
    location_write_chunk(&name, chunk, 0);
    cJSON_AddStringToObject(source, "name", string_builder_text(&name));
    string_builder_finish(&name);
    if (chunk->path != NULL)
        inspect_add_text(source, "path", chunk->path, strlen(chunk->path));
    else if (location_is_code(chunk))
        cJSON_AddNumberToObject(source, "sourceReference", chunk->id);
    chunks_tell(chunks, chunk);
    return source;
}

static bool is_announced(struct server *server, const struct chunk *chunk) {
    return chunk->path != NULL ? is_source(chunk) : server->announced_strings++ < ANNOUNCED_STRINGS;
}

static void announce(struct server *server, struct chunk *chunk) {
    cJSON *body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "reason", "new");
    cJSON_AddItemToObject(body, "source", describe(&server->debugger->account.chunks, chunk));
    server_send_event(server, "loadedSource", body);
}

void sources_tell_new(struct server *server) {
    struct chunk *next;
    while ((next = chunks_next_new(&server->debugger->account.chunks)) != NULL)
        if (is_announced(server, next))
            announce(server, next);
}

/* Code that has gone, and the end of its text with it, cannot be shown. */
static bool is_whole(const struct chunk *chunk) {
    return chunk->name_bytes == chunk->whole_bytes;
}

/* A program may load any number of strings: the youngest are listed. */
static cJSON *list(struct chunks *chunks) {
    cJSON *sources = cJSON_CreateArray();
    int old = -LISTED_STRINGS;
    for (const struct chunk *chunk = chunks->first; chunk != NULL; chunk = chunk->next)
        old += chunk->path == NULL && is_whole(chunk);
    for (struct chunk *chunk = chunks->first; chunk != NULL; chunk = chunk->next)
        if (chunk->path != NULL ? is_source(chunk) : is_whole(chunk) && old-- <= 0)
            cJSON_AddItemToArray(sources, describe(chunks, chunk));
    return sources;
}

static void note(struct chunks *chunks, const lua_Debug *record) {
    if (*record->what != 'C')
        chunks_find(chunks, record->source, record->srclen);
}

void sources_look_at_stack(struct server *server) {
    struct chunks *chunks = &server->debugger->account.chunks;
    lua_State *L = server->stop->L;
    lua_Debug record;
    for (int level = 0; level < LOOK_FRAMES && lua_getstack(L, level, &record); level++)
        if (lua_getinfo(L, "S", &record))
            note(chunks, &record);
}

/* The value on top, which it pops. */
static void look_at_value(struct chunks *chunks, lua_State *L) {
    lua_Debug record;
    if (!lua_isfunction(L, -1) || lua_iscfunction(L, -1)) {
        lua_pop(L, 1);
        return;
    }
    lua_getinfo(L, ">S", &record);
    note(chunks, &record);
}

/* The functions of the table on top. */
static void look_at_table(struct chunks *chunks, lua_State *L, int *left) {
    for (lua_pushnil(L); --*left > 0 && lua_next(L, -2);)
        look_at_value(chunks, L);
    if (*left <= 0)
        lua_pop(L, 1); /* the key, which the end of the walk would have taken */
}

/* Pushes package.loaded, or something else. Making a string to look it up with would allocate. */
static void push_loaded(lua_State *L) {
    lua_pushvalue(L, LUA_REGISTRYINDEX);
    if (key_push_text(L, lua_gettop(L), LUA_LOADED_TABLE, strlen(LUA_LOADED_TABLE), 0))
        lua_rawget(L, -2);
}

/* Looks for chunks in package.loaded, with raw access. Needs 8 free slots. */
static void look_at_modules(struct chunks *chunks, lua_State *L) {
    int height = lua_gettop(L), left = LOOK_ENTRIES;
    push_loaded(L);
    int loaded = lua_gettop(L);
    if (lua_istable(L, loaded))
        for (lua_pushnil(L); left > 0 && lua_next(L, loaded); lua_settop(L, loaded + 1)) {
            if (lua_istable(L, -1))
                look_at_table(chunks, L, &left);
            else
                look_at_value(chunks, L);
        }
    lua_settop(L, height);
}

static cJSON *loaded_sources(struct server *server, const cJSON *arguments,
                             struct inspect_problem *problem) {
    struct chunks *chunks = &server->debugger->account.chunks;
    if (server->stop != NULL)
        look_at_modules(chunks, server->stop->L);
    cJSON *body = cJSON_CreateObject();
    cJSON_AddItemToObject(body, "sources", list(chunks));
    return body;
}

const struct server_request server_source_requests[] = {
    {"loadedSources", loaded_sources},
    {NULL},
};
