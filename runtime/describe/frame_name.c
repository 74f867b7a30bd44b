/* SPDX-License-Identifier: MIT */
#include "frame_name.h"

#include "key.h"
#include "location.h"
#include "stop.h"

#include <lauxlib.h>
#include <string.h>

/* Among so many entries of a module, and of package.loaded, a function is looked for. */
enum { MOST_ENTRIES = 1000 };

/* The name of the field of the table on top of the stack that the value at `function` is; pops the
   table. False, nothing written, if it is none. */
static bool write_field(struct words *words, lua_State *L, int function, const char *module) {
    bool found = false;
    lua_pushnil(L);
    for (int i = 0; !found && i < MOST_ENTRIES && lua_next(L, -2); i++) {
        found = lua_type(L, -2) == LUA_TSTRING && lua_rawequal(L, -1, function);
        lua_pop(L, 1);
        if (!found)
            continue;
        if (strcmp(module, LUA_GNAME) != 0)
            words_excerpt(words, module, strlen(module), WORDS_NAME_BYTES);
        words_print(words, strcmp(module, LUA_GNAME) != 0 ? "." : "");
        words_excerpt(words, lua_tostring(L, -1), lua_rawlen(L, -1), WORDS_NAME_BYTES);
    }
    lua_settop(L, function + 2);
    return found;
}

/* As luaL_traceback does, but without a byte of the program's heap: functions of modules. The
   function is on top of the stack, below nothing else of ours; pops it. */
static bool write_global(struct words *words, lua_State *L) {
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
                found = write_field(words, L, function, lua_tostring(L, -2));
            lua_settop(L, function + 2); /* the key */
        }
    }
    lua_settop(L, function - 1);
    return found;
}

static bool is_of_module(struct words *words, const struct stop *stop, lua_State *L,
                         lua_Debug *record) {
    if (!lua_checkstack(L, 1))
        return false;
    lua_getinfo(L, "f", record);
    lua_xmove(L, stop->L, 1);
    return write_global(words, stop->L);
}

void frame_name_write(struct words *words, const struct stop *stop, lua_State *L,
                      lua_Debug *record) {
    bool named = record->name != NULL && strcmp(record->name, "?") != 0;
    if (*record->what == 'm') {
        words_print(words, "main chunk");
    } else if (named) {
        bool metamethod = strcmp(record->namewhat, "metamethod") == 0;
        words_print(words, metamethod && *record->name != '_' ? "__" : "");
        words_excerpt(words, record->name, strlen(record->name), WORDS_NAME_BYTES);
    } else if (!is_of_module(words, stop, L, record)) {
        if (*record->what == 'C') {
            words_print(words, "C function");
        } else {
            words_print(words, "function <");
            location_write(words, record, record->linedefined);
            words_print(words, ">");
        }
    }
    if (record->istailcall)
        words_print(words, " (...tail calls...)");
}
