/* SPDX-License-Identifier: MIT */
#include "looking.h"

#include "account.h"

void looking_run(struct looking *looking, struct account *account, lua_State *L,
                 lua_CFunction function, void *data) {
    if (!lua_checkstack(L, LUA_MINSTACK))
        return;
    looking->heap = (struct heap){.coroutines = {&account->threads, L}};
    collector_hold(&looking->collector, L);
    lua_pushcfunction(L, function);
    lua_pushlightuserdata(L, data);
    if (account_call(account, L, 1, 0) != LUA_OK)
        lua_pop(L, 1);
    collector_release(&looking->collector, L);
    account_forget_collector_count(account);
}
