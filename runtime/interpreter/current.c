/* SPDX-License-Identifier: MIT */
#include "current.h"

#include "measuring.h"
#include "server.h"

const struct figures *luaheat_current_figures(lua_State *L) {
    const struct account *account = account_running(L);
    return account != NULL ? account_figures(account) : NULL;
}

uint64_t luaheat_current_open(lua_State *L, const char *name) {
    return measuring_open(server_of(L), L, name);
}

const struct window *luaheat_current_close(lua_State *L, const char *name, uint64_t number) {
    return measuring_close(server_of(L), L, name, number);
}

void luaheat_current_lap(lua_State *L, const char *name) {
    measuring_lap(server_of(L), L, name);
}
