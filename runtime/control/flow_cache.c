/* SPDX-License-Identifier: MIT */
#include "flow_cache.h"

#include "chunks.h"
#include "dump.h"
#include "flow.h"

#include <stdlib.h>

/* Which function of a program. Two that begin and end on the same lines differ in what else Lua
   tells of them. */
struct flow_key {
    int chunk; /* its id */
    int linedefined, lastlinedefined, upvalues, parameters;
    bool vararg;
};

struct cached_flow {
    struct cached_flow *next;
    struct flow_key key;
    struct flow flow; /* without places: nothing is known of it */
    bool old;         /* the chunk has been loaded again since */
};

void flow_cache_finish(struct flow_cache *cache) {
    while (cache->first != NULL) {
        struct cached_flow *record = cache->first;
        cache->first = record->next;
        flow_finish(&record->flow);
        free(record);
    }
}

static struct flow_key key_of(lua_State *L, lua_Debug *frame, const struct chunk *chunk) {
    lua_getinfo(L, "Su", frame);
    return (struct flow_key){.chunk = chunk->id,
                             .linedefined = frame->linedefined,
                             .lastlinedefined = frame->lastlinedefined,
                             .upvalues = frame->nups,
                             .parameters = frame->nparams,
                             .vararg = frame->isvararg != 0};
}

static bool same(const struct flow_key *a, const struct flow_key *b) {
    return a->chunk == b->chunk && a->linedefined == b->linedefined &&
           a->lastlinedefined == b->lastlinedefined && a->upvalues == b->upvalues &&
           a->parameters == b->parameters && a->vararg == b->vararg;
}

/* Of the function that was dumped, not of those in it. */
static bool make(void *data, const struct dump_function *function) {
    struct flow *flow = data;
    if (function->depth == 0 && flow_of_function(flow, function) != 0)
        flow_finish(flow);
    return true;
}

static struct flow read(lua_State *L, lua_Debug *frame) {
    struct flow flow = {0};
    lua_getinfo(L, "f", frame);
    if (dump_read(L, make, &flow) != 0)
        flow_finish(&flow);
    lua_pop(L, 1);
    return flow;
}

/* Takes the flow. */
static struct cached_flow *add(struct flow_cache *cache, const struct flow_key *key,
                               struct flow *flow) {
    struct cached_flow *record = calloc(1, sizeof *record);
    if (record == NULL) {
        flow_finish(flow);
        return NULL;
    }
    record->key = *key;
    record->flow = *flow;
    record->next = cache->first;
    cache->first = record;
    return record;
}

static struct cached_flow *find_same(const struct flow_cache *cache, const struct flow_key *key,
                                     const struct flow *flow) {
    struct cached_flow *record = cache->first;
    while (record != NULL && !(same(&record->key, key) && flow_same(&record->flow, flow)))
        record = record->next;
    return record;
}

const struct flow *flow_cache_find(struct flow_cache *cache, lua_State *L, lua_Debug *frame,
                                   const struct chunk *chunk) {
    struct flow_key key = key_of(L, frame, chunk);
    struct cached_flow *record = cache->first;
    while (record != NULL && (record->old || !same(&record->key, &key)))
        record = record->next;
    if (record != NULL)
        return &record->flow;
    struct flow flow = read(L, frame);
    record = find_same(cache, &key, &flow);
    if (record != NULL)
        flow_finish(&flow);
    else
        record = add(cache, &key, &flow);
    if (record == NULL)
        return NULL;
    record->old = false;
    return &record->flow;
}

void flow_cache_note_loaded(struct flow_cache *cache, const struct chunk *chunk) {
    for (struct cached_flow *record = cache->first; record != NULL; record = record->next)
        record->old |= record->key.chunk == chunk->id;
}
