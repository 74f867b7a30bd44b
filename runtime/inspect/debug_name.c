/* SPDX-License-Identifier: MIT */
#include "debug_name.h"

#include "chain.h"
#include "environment.h"
#include "scratch.h"
#include "stop.h"

#include <lualib.h>

struct finding {
    const char *function;
    lua_CFunction found;
};

static int find(lua_State *scratch) {
    struct finding *finding = lua_touserdata(scratch, 1);
    lua_pushcfunction(scratch, luaopen_debug);
    lua_call(scratch, 0, 1);
    lua_getfield(scratch, -1, finding->function);
    finding->found = lua_tocfunction(scratch, -1);
    return 0;
}

/* Lua's own, taken from a state of its own. NULL if memory is out. */
static lua_CFunction original(const char *function) {
    struct finding finding = {.function = function};
    scratch_run(NULL, NULL, find, &finding);
    return finding.found;
}

/* What the name leads to in the frame. NULL if that is no function of C. */
static lua_CFunction present(struct stop *stop, int frame, const char *function) {
    struct string_builder expression = {0};
    struct value_path path;
    lua_CFunction found = NULL;
    string_builder_print(&expression, "debug.%s", function);
    if (chain_find(stop, frame, string_builder_text(&expression), &path)) {
        found = lua_tocfunction(stop->L, -1);
        lua_pop(stop->L, 1);
    }
    string_builder_finish(&expression);
    return found;
}

const char *debug_name(struct stop *stop, int frame, const char *function) {
    lua_CFunction found = present(stop, frame, function);
    return found != NULL && found == original(function) ? "debug" : ENVIRONMENT_DEBUG;
}
