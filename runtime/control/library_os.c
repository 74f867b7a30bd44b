/* SPDX-License-Identifier: MIT */
#include "library.h"

#include <lauxlib.h>

/* What Lua's function refuses is refused before anything is changed, by the same check
   (loslib.c, os_exit). */
static int leave(lua_State *L) {
    struct debugger *debugger = debugger_of(L);
    int64_t code;
    if (lua_isboolean(L, 1))
        code = lua_toboolean(L, 1) ? EXIT_SUCCESS : EXIT_FAILURE;
    else
        code = luaL_optinteger(L, 1, EXIT_SUCCESS);
    if (debugger != NULL) {
        debugger_end(debugger, L);
        account_freeze(&debugger->account, L);
        if (debugger->listener.on_os_exit != NULL)
            debugger->listener.on_os_exit(debugger->listener.data, code);
    }
    return library_originals.exit(L);
}

const struct library_front library_os_fronts[] = {
    {&library_originals.exit, leave},
    {NULL, NULL},
};
