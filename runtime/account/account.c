/* SPDX-License-Identifier: MIT */
#include "account.h"

#include "process.h"
#include "release.h"

#include <errno.h>

struct account_last account_last;

int account_init(struct account *account, struct figures *figures) {
    size_t text_offset = release_text_offset(), thread_bytes = release_thread_bytes();
    if (text_offset == 0 || thread_bytes == 0)
        return -ENOMEM;
    *account = (struct account){.outside = FIGURES_STARTUP, .thread_bytes = {0, thread_bytes}};
    chunks_init(&account->chunks, text_offset);
    memory_breakpoints_init(&account->memory_breakpoints);
    ledger_init(&account->ledger, figures);
    measurements_init(&account->measurements, figures);
    return sampling_init(&account->sampling, figures != NULL ? &figures->stacks : NULL,
                         figures != NULL ? &figures->timeline : NULL);
}

void account_finish(struct account *account) {
    account_follow(account);
    measurements_finish(&account->measurements);
    memory_breakpoints_finish(&account->memory_breakpoints);
    sampling_finish(&account->sampling);
    threads_finish(&account->threads);
    chunks_finish(&account->chunks);
    ledger_finish(&account->ledger);
    if (account_last.account == account)
        account_last = (struct account_last){0};
}

lua_State *account_new_state(struct account *account) {
    process_is_home = true;
    account_last = (struct account_last){account, account_allocator(account)};
    account->building = true;
    lua_State *L = lua_newstate(account_last.allocator, account);
    account->building = false;
    if (L != NULL)
        account->threads.registry = lua_topointer(L, LUA_REGISTRYINDEX);
    return L;
}

struct account *account_behind(lua_Alloc allocator, void *ud) {
    return account_is_allocator(allocator) ? ud : account_last.account;
}

struct account *account_running(lua_State *L) {
    struct account *account = account_of(L);
    if (process_is_elsewhere() || account == NULL)
        return NULL;
    return lua_topointer(L, LUA_REGISTRYINDEX) == account->threads.registry ? account : NULL;
}

/* 0 where Lua refuses to tell: inside a finalizer (Lua 5.4.4 and later). */
static uint64_t collector_bytes(lua_State *L) {
    int kib = lua_gc(L, LUA_GCCOUNT);
    return kib < 0 ? 0 : (uint64_t)kib * 1024 + (uint64_t)lua_gc(L, LUA_GCCOUNTB);
}

void account_settle(struct account *account, lua_State *L) {
    struct figures *figures = account->ledger.figures;
    account_follow(account);
    if (!ledger_open(&account->ledger))
        return;
    figures->collector = collector_bytes(L);
    sampling_note_heap(&account->sampling, figures_program(figures));
}

void account_snapshot(struct account *account, lua_State *L) {
    account_settle(account, L);
    if (ledger_open(&account->ledger))
        measurements_snapshot(&account->measurements);
}

void account_forget_collector_count(struct account *account) {
    if (ledger_open(&account->ledger))
        account->ledger.figures->collector = 0;
}

void account_go_on(struct account *account) {
    account_follow(account);
    if (!ledger_open(&account->ledger))
        return;
    measurements_go_on(&account->measurements);
    memory_breakpoints_go_on(&account->memory_breakpoints, account->ledger.figures);
}

void account_forked(struct account *account) {
    *account->ledger.open = false;
    account->limit = 0;
}

void account_freeze(struct account *account, lua_State *L) {
    if (!ledger_open(&account->ledger))
        return;
    account_settle(account, L);
    *account->ledger.open = false;
}
