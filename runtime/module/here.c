/* SPDX-License-Identifier: MIT */
#include "here.h"

#include "account.h"
#include "measuring.h"
#include "serve.h"

const struct figures *here_figures(lua_State *L) {
    const struct account *account = account_running(L);
    return account != NULL ? account_figures(account) : NULL;
}

uint64_t here_open(lua_State *L, const char *name) {
    return measuring_open(serve_of(L), L, name);
}

const struct window *here_close(lua_State *L, const char *name, uint64_t number) {
    return measuring_close(serve_of(L), L, name, number);
}

void here_lap(lua_State *L, const char *name) {
    measuring_lap(serve_of(L), L, name);
}

void here_mark(lua_State *L, const char *name) {
    measuring_mark(serve_of(L), L, name);
}
