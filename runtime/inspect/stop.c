/* SPDX-License-Identifier: MIT */
#include "stop.h"

#include "environment.h"
#include "frames.h"
#include "place.h"
#include "reference.h"

void stop_begin(struct stop *stop, struct account *account, lua_State *L,
                struct stop_history *history) {
    *stop = (struct stop){
        .account = account,
        .L = L,
        .coroutines = {&account->threads, L},
        .height = lua_gettop(L),
        .history = history,
    };
    chunk_text_init(&stop->text, &account->chunks);
    handles_init(&stop->frames, sizeof(struct frames_item), history->frames);
    handles_init(&stop->places, sizeof(struct place), 0);
    handles_init(&stop->references, sizeof(struct reference), history->references);
}

static bool is_c_function(lua_State *L, int level, bool *exists) {
    lua_Debug record;
    *exists = lua_getstack(L, level, &record);
    return *exists && lua_getinfo(L, "S", &record) && *record.what == 'C';
}

/* The handler that runs when an error is thrown, and the functions that threw it for a Lua
   function: error, assert, or whatever refused its arguments. */
int stop_count_throwers(lua_State *L) {
    int level = 0;
    bool exists;
    while (is_c_function(L, level, &exists))
        level++;
    return exists ? level : 0;
}

void stop_note_error(struct stop *stop, const struct stop_error *error) {
    stop->error = *error;
    stop->hidden = stop_count_throwers(error->thread);
}

int stop_hidden(const struct stop *stop, const lua_State *L) {
    return L == stop->error.thread ? stop->hidden : 0;
}

void stop_push_constant(struct stop *stop, const struct declarations_constants *constants,
                        const struct declarations_constant *constant) {
    collector_hold(&stop->collector, stop->L);
    struct account_work before = account_begin_work(stop->account, stop->L);
    constants_push(stop->L, constants, constant);
    account_end_work(stop->account, before);
    account_settle(stop->account, stop->L);
}

void stop_end(struct stop *stop) {
    environment_end(stop);
    lua_settop(stop->L, stop->height);
    collector_release(&stop->collector, stop->L);
    references_release(&stop->references);
    stop->history->references = handles_finish(&stop->references);
    stop->history->frames = handles_finish(&stop->frames);
    handles_finish(&stop->places);
    chunk_text_finish(&stop->text);
}
