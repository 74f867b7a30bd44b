/* SPDX-License-Identifier: MIT */
#include "stop.h"

#include "account.h"

void stop_begin(struct stop *stop, struct account *account, lua_State *L,
                struct stop_history *history) {
    *stop = (struct stop){
        .account = account,
        .chunks = &account->chunks,
        .L = L,
        .coroutines = {&account->threads, L},
        .height = lua_gettop(L),
        .history = history,
    };
    chunk_text_init(&stop->text, stop->chunks);
    history->scope.threads = stop->coroutines.threads;
    history->scope.text = &stop->text;
    scope_begin(&history->scope, L);
    frames_init(&stop->frames, &stop->coroutines, &history->frames);
    value_paths_init(&stop->paths, L, &stop->frames, &stop->console);
    references_init(&stop->references, history->reference);
    lua_pushnil(L);
    stop->near = stop->paths.near = stop->height + 1;
}

void stop_forget_piece(struct stop *stop) {
    entries_finish(&stop->piece.entries);
    stop->piece.table = NULL;
}

void stop_hold_nothing(struct stop *stop) {
    stop_forget_piece(stop);
    lua_pushnil(stop->L);
    lua_replace(stop->L, stop->near);
}

void stop_note_error(struct stop *stop, const struct stop_error *error) {
    stop->error = *error;
    stop->paths.error = error->index;
    frames_note_thrower(&stop->frames, error->thread);
}

bool stop_measures(const struct stop *stop) {
    return stop->account->ledger.figures != NULL;
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
    stop_forget_piece(stop);
    scope_end(&stop->history->scope);
    lua_settop(stop->L, stop->height);
    collector_release(&stop->collector, stop->L);
    stop->history->reference = references_finish(&stop->references);
    frames_finish(&stop->frames);
    value_paths_finish(&stop->paths);
    chunk_text_finish(&stop->text);
}
