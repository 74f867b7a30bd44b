/* SPDX-License-Identifier: MIT */
#include "library.h"
#include "process.h"

#include <lauxlib.h>
#include <lualib.h>

/* What Lua's function refuses is refused before anything is changed, by the same check
   (loslib.c, os_exit). */
static int leave(lua_State *L) {
    struct debugger *debugger = debugger_of(L);
    if (!lua_isboolean(L, 1))
        luaL_optinteger(L, 1, 0);
    if (!process_is_elsewhere())
        account_freeze(&debugger->account, L);
    return debugger->originals.exit(L);
}

void library_replace_os(struct debugger *debugger, lua_State *L) {
    debugger->originals.exit = library_replace(L, LUA_OSLIBNAME, "exit", leave);
}
