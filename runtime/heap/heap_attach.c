/* SPDX-License-Identifier: MIT */
#include "heap_attach.h"

#include "account.h"
#include "heap_object.h"
#include "heap_walk.h"

#include <errno.h>
#include <lauxlib.h>

/* Free slots that the walk needs. */
enum { WALK_SLOTS = 40 };

struct showing {
    struct account *account;
    struct heap heap;
    struct collector_hold collector;
    struct heap_walk walk;
    int error;
};

/* Nothing is looked for; all that is reached is shown. */
static struct heap_look show(const struct heap_walk *walk, const void *object) {
    struct showing *showing = walk->data;
    if (showing->error == 0)
        showing->error = account_found(showing->account, walk->L, lua_gettop(walk->L));
    return (struct heap_look){.wanted = false};
}

/* In a frame of its own, of whose slots none is the program's. */
static int walk(lua_State *L) {
    struct showing *showing = lua_touserdata(L, 1);
    luaL_checkstack(L, WALK_SLOTS, NULL);
    if (heap_walk(&showing->walk) != HEAP_WALK_DONE)
        showing->error = -ENOMEM;
    return 0;
}

static int show_all(struct account *account, lua_State *L) {
    struct showing showing = {.account = account,
                              .heap = {{&account->threads, L}, 0},
                              .error = lua_checkstack(L, LUA_MINSTACK) ? 0 : -ENOMEM};
    if (showing.error != 0)
        return showing.error;
    showing.walk = (struct heap_walk){.heap = &showing.heap,
                                      .collector = &showing.collector,
                                      .L = L,
                                      .look = show,
                                      .data = &showing};
    collector_hold(&showing.collector, L);
    lua_pushcfunction(L, walk);
    lua_pushlightuserdata(L, &showing);
    if (account_call(account, L, 1, 0) != LUA_OK) {
        lua_pop(L, 1);
        showing.error = -ENOMEM;
    }
    collector_release(&showing.collector, L);
    heap_walk_finish(&showing.walk);
    return showing.error;
}

int heap_attach(struct account *account, lua_State *L) {
    int error = account_attach(account, L);
    if (error == 0)
        error = show_all(account, L);
    if (error != 0)
        account_detach(account, L);
    return error;
}
