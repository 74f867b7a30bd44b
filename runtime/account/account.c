/* SPDX-License-Identifier: MIT */
#include "account.h"

#include "accounts.h"
#include "attached.h"
#include "attachment.h"
#include "call_info.h"
#include "release.h"
#include "site_cache.h"
#include "trial_collection.h"

#include <errno.h>
#include <stdlib.h>

struct account_last account_last;

int account_init(struct account *account, struct figures *figures) {
    size_t text_offset = release_text_offset(), thread_bytes = release_thread_bytes();
    if (text_offset == 0 || thread_bytes == 0)
        return -ENOMEM;
    *account = (struct account){.outside = FIGURES_STARTUP, .thread_bytes = {0, thread_bytes}};
    chunks_init(&account->chunks, text_offset, &account->remembered);
    memory_breakpoints_init(&account->memory_breakpoints);
    ledger_init(&account->ledger, figures);
    measurements_init(&account->measurements, figures);
    return sampling_init(&account->sampling, figures != NULL ? &figures->stacks : NULL,
                         figures != NULL ? &figures->timeline : NULL);
}

void account_finish(struct account *account) {
    account_follow(account);
    trial_collection_destroy(account->measurements.trial);
    measurements_finish(&account->measurements);
    memory_breakpoints_finish(&account->memory_breakpoints);
    sampling_finish(&account->sampling);
    threads_finish(&account->threads);
    chunks_finish(&account->chunks);
    ledger_finish(&account->ledger);
    free(account->sites);
    account->sites = NULL;
    accounts_remove(account);
    if (account_last.account == account)
        account_last = (struct account_last){0};
}

lua_State *account_new_state(struct account *account) {
    process_is_home = true;
    if (account->ledger.figures != NULL)
        account_save_pc(account);
    account_last = (struct account_last){account, account_allocator(account)};
    account->building = true;
    lua_State *L = lua_newstate(account_last.allocator, account);
    account->building = false;
    if (L == NULL)
        return NULL;
    if (account->ledger.figures != NULL && !release_misplaces_tail_calls() && call_info_is_proven())
        account->sites = calloc(1, sizeof *account->sites);
    account->threads.registry = lua_topointer(L, LUA_REGISTRYINDEX);
    accounts_add(account);
    return L;
}

int account_attach(struct account *account, lua_State *L) {
    return attached_begin(account, L);
}

int account_found(struct account *account, lua_State *L, int index) {
    return attached_found(account, L, index);
}

void account_detach(struct account *account, lua_State *L) {
    if (account->attachment == NULL)
        return;
    account_freeze(account, L);
    attached_end(account, L);
}

struct account *account_behind(lua_State *L, lua_Alloc allocator, void *ud) {
    if (account_is_allocator(allocator, ud))
        return ud;
    struct account *account = attached_is_allocator(allocator, ud)
                                  ? atomic_load(&((struct seat *)ud)->account)
                                  : accounts_find(lua_topointer(L, LUA_REGISTRYINDEX));
    return account != NULL ? account : account_last.account;
}

struct account *account_look_for(lua_State *L) {
    struct account *account = account_of(L);
    if (account == NULL || lua_topointer(L, LUA_REGISTRYINDEX) != account->threads.registry)
        return NULL;
    if (account->attachment != NULL)
        seat_bring_here(account->attachment->seat);
    return account_is_elsewhere(account) ? NULL : account;
}

static void follow(struct account *account) {
    if (account->attachment != NULL)
        attached_take_back(account);
    account_follow(account);
}

void account_settle(struct account *account, lua_State *L) {
    struct figures *figures = account->ledger.figures;
    follow(account);
    if (!ledger_open(&account->ledger))
        return;
    figures->collector = release_collector_bytes(L);
    if (account->attachment != NULL)
        attached_make_up(account, figures->collector);
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
    follow(account);
    if (!ledger_open(&account->ledger))
        return;
    measurements_go_on(&account->measurements);
    memory_breakpoints_go_on(&account->memory_breakpoints, account->ledger.figures);
}

void account_forked(struct account *account) {
    *account->ledger.open = false;
    account->limit = 0;
    if (account->attachment != NULL)
        seat_forked(account->attachment->seat);
}

void account_freeze(struct account *account, lua_State *L) {
    if (!ledger_open(&account->ledger))
        return;
    account_settle(account, L);
    *account->ledger.open = false;
}
