/* SPDX-License-Identifier: MIT */
#include "flows.h"

#include <stdlib.h>

void flows_finish(struct flows *flows) {
    while (flows->first != NULL) {
        struct flows_record *record = flows->first;
        flows->first = record->next;
        flow_finish(&record->flow);
        free(record);
    }
}

static struct flows_key key_of(lua_State *L, lua_Debug *frame, const struct chunk *chunk) {
    lua_getinfo(L, "Su", frame);
    return (struct flows_key){.chunk = chunk->id,
                              .linedefined = frame->linedefined,
                              .lastlinedefined = frame->lastlinedefined,
                              .upvalues = frame->nups,
                              .parameters = frame->nparams,
                              .vararg = frame->isvararg != 0};
}

static bool same(const struct flows_key *a, const struct flows_key *b) {
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
static struct flows_record *add(struct flows *flows, const struct flows_key *key,
                                struct flow *flow) {
    struct flows_record *record = calloc(1, sizeof *record);
    if (record == NULL) {
        flow_finish(flow);
        return NULL;
    }
    record->key = *key;
    record->flow = *flow;
    record->next = flows->first;
    flows->first = record;
    return record;
}

static struct flows_record *find_same(const struct flows *flows, const struct flows_key *key,
                                      const struct flow *flow) {
    struct flows_record *record = flows->first;
    while (record != NULL && !(same(&record->key, key) && flow_same(&record->flow, flow)))
        record = record->next;
    return record;
}

const struct flow *flows_find(struct flows *flows, lua_State *L, lua_Debug *frame,
                              const struct chunk *chunk) {
    struct flows_key key = key_of(L, frame, chunk);
    struct flows_record *record = flows->first;
    while (record != NULL && (record->old || !same(&record->key, &key)))
        record = record->next;
    if (record != NULL)
        return &record->flow;
    struct flow flow = read(L, frame);
    record = find_same(flows, &key, &flow);
    if (record != NULL)
        flow_finish(&flow);
    else
        record = add(flows, &key, &flow);
    if (record == NULL)
        return NULL;
    record->old = false;
    return &record->flow;
}

void flows_note_loaded(struct flows *flows, const struct chunk *chunk) {
    for (struct flows_record *record = flows->first; record != NULL; record = record->next)
        record->old |= record->key.chunk == chunk->id;
}
