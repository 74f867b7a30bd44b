/* SPDX-License-Identifier: MIT */
#include "library.h"

#include <lualib.h>

static int leave(lua_State *L) {
    struct debugger *debugger = debugger_of(L);
    account_freeze(&debugger->account, L);
    return debugger->originals.exit(L);
}

void library_replace_os(struct debugger *debugger, lua_State *L) {
    debugger->originals.exit = library_replace(L, LUA_OSLIBNAME, "exit", leave);
}
