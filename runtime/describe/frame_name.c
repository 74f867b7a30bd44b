/* SPDX-License-Identifier: MIT */
#include "frame_name.h"

#include "key.h"
#include "location.h"

#include <lauxlib.h>
#include <string.h>

/* Among so many entries of a module, and of package.loaded, a function is looked for. */
enum { MOST_ENTRIES = 1000 };

/* The name of the field of the table on top of the stack that the value at `function` is; pops the
   table. False, nothing written, if it is none. */
static bool write_field(struct string_builder *builder, lua_State *L, int function,
                        const char *module) {
    bool found = false;
    lua_pushnil(L);
    for (int i = 0; !found && i < MOST_ENTRIES && lua_next(L, -2); i++) {
        found = lua_type(L, -2) == LUA_TSTRING && lua_rawequal(L, -1, function);
        lua_pop(L, 1);
        if (!found)
            continue;
        if (strcmp(module, LUA_GNAME) != 0)
            string_builder_excerpt(builder, module, strlen(module), STRING_BUILDER_NAME_BYTES);
        string_builder_print(builder, strcmp(module, LUA_GNAME) != 0 ? "." : "");
        string_builder_excerpt(builder, lua_tostring(L, -1), lua_rawlen(L, -1),
                               STRING_BUILDER_NAME_BYTES);
    }
    lua_settop(L, function + 2);
    return found;
}

/* As luaL_traceback does, but without a byte of the program's heap: functions of modules. The
   function is on top of the stack, below nothing else of ours; pops it. */
static bool write_global(struct string_builder *builder, lua_State *L) {
    int function = lua_gettop(L);
    bool found = false;
    lua_pushvalue(L, LUA_REGISTRYINDEX);
    if (key_push_text(L, function + 1, LUA_LOADED_TABLE, strlen(LUA_LOADED_TABLE), MOST_ENTRIES))
        lua_rawget(L, function + 1);
    else
        lua_pushnil(L);
    lua_remove(L, function + 1); /* function, package.loaded */
    if (lua_istable(L, -1)) {
        lua_pushnil(L);
        for (int i = 0; !found && i < MOST_ENTRIES && lua_next(L, function + 1); i++) {
            if (lua_istable(L, -1) && lua_type(L, -2) == LUA_TSTRING)
                found = write_field(builder, L, function, lua_tostring(L, -2));
            lua_settop(L, function + 2); /* the key */
        }
    }
    lua_settop(L, function - 1);
    return found;
}

static bool is_of_module(struct string_builder *builder, lua_State *running, lua_State *L,
                         lua_Debug *record) {
    if (!lua_checkstack(L, 1))
        return false;
    lua_getinfo(L, "f", record);
    lua_xmove(L, running, 1);
    return write_global(builder, running);
}

void frame_name_write(struct string_builder *builder, lua_State *running, lua_State *L,
                      lua_Debug *record) {
    bool named = record->name != NULL && strcmp(record->name, "?") != 0;
    if (*record->what == 'm') {
        string_builder_print(builder, "main chunk");
    } else if (named) {
        bool metamethod = strcmp(record->namewhat, "metamethod") == 0;
        string_builder_print(builder, metamethod && *record->name != '_' ? "__" : "");
        string_builder_excerpt(builder, record->name, strlen(record->name),
                               STRING_BUILDER_NAME_BYTES);
    } else if (!is_of_module(builder, running, L, record)) {
        if (*record->what == 'C') {
            string_builder_print(builder, "C function");
        } else {
            string_builder_print(builder, "function <");
            location_write(builder, record, record->linedefined);
            string_builder_print(builder, ">");
        }
    }
    if (record->istailcall)
        string_builder_print(builder, " (...tail calls...)");
}
