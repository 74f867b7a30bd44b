/* SPDX-License-Identifier: MIT */
#include "library.h"

#include <lauxlib.h>

/* What Lua's function refuses is refused before anything is changed, by the same check
   (loslib.c, os_exit). */
static int leave(lua_State *L) {
    struct debugger *debugger = debugger_of(L);
    if (!lua_isboolean(L, 1))
        luaL_optinteger(L, 1, 0);
    if (debugger != NULL)
        account_freeze(&debugger->account, L);
    return library_originals.exit(L);
}

const struct library_front library_os_fronts[] = {
    {&library_originals.exit, leave},
    {NULL, NULL},
};
