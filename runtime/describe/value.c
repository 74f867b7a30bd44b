/* SPDX-License-Identifier: MIT */
#include "value.h"

#include "coroutine.h"
#include "key.h"
#include "location.h"
#include "scalar.h"

#include <string.h>

enum {
    LINE_BYTES = 900,        /* a string literal on a line of its own */
    PREVIEW_BYTES = 32,      /* one inside a table's preview */
    PREVIEW_ENTRIES = 4,     /* entries in it */
    NAME_BYTES = 100,        /* a __name */
    METATABLE_ENTRIES = 1000 /* where __name is looked for */
};

static void write_string(struct string_builder *builder, lua_State *L, int index, size_t most) {
    size_t size;
    const char *bytes = lua_tolstring(L, index, &size);
    if (!string_builder_quote(builder, bytes, size, most) && most > PREVIEW_BYTES)
        string_builder_print(builder, " (%zu bytes)", size);
}

static void write_function(struct string_builder *builder, lua_State *L, int index) {
    lua_Debug record;
    lua_pushvalue(L, index);
    lua_getinfo(L, ">S", &record);
    if (*record.what == 'C') {
        string_builder_print(builder, "function (C)");
        return;
    }
    string_builder_print(builder, "function (");
    location_write(builder, &record, record.linedefined);
    string_builder_print(builder, ")");
}

/* The name that luaL_newmetatable gives a type: the metatable's __name, if it is a string. */
static bool write_type_name(struct string_builder *builder, lua_State *L, int index) {
    bool found = false;
    if (!lua_getmetatable(L, index))
        return false;
    if (key_push_text(L, lua_gettop(L), "__name", strlen("__name"), METATABLE_ENTRIES)) {
        lua_rawget(L, -2);
        if (lua_type(L, -1) == LUA_TSTRING) {
            size_t size;
            const char *name = lua_tolstring(L, -1, &size);
            string_builder_escape(builder, name, size < NAME_BYTES ? size : NAME_BYTES);
            found = true;
        }
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return found;
}

static void write_userdata(struct string_builder *builder, lua_State *L, int index) {
    bool light = lua_type(L, index) == LUA_TLIGHTUSERDATA;
    if (light || !write_type_name(builder, L, index))
        string_builder_print(builder, light ? "light userdata" : "userdata");
    string_builder_print(builder, ": %p", lua_topointer(L, index));
}

static void write_thread(struct string_builder *builder, const struct coroutines *coroutines,
                         lua_State *co) {
    struct threads *threads = coroutines->threads;
    struct thread *thread = threads_of(threads, co);
    if (thread != NULL)
        coroutine_write(builder, coroutines, thread);
    else
        string_builder_print(builder, "thread");
    if (thread == NULL || thread == threads->first)
        string_builder_print(builder, ", %s", coroutine_status(coroutine_state(coroutines, co)));
}

static size_t most_string_bytes(const struct value_style *style) {
    if (style->whole)
        return VALUE_WHOLE_BYTES;
    return style->console ? VALUE_CONSOLE_BYTES : LINE_BYTES;
}

/* All but tables. */
static void write_plain(struct string_builder *builder, const struct coroutines *coroutines,
                        lua_State *L, int index, bool hex, size_t string_bytes) {
    switch (lua_type(L, index)) {
    case LUA_TSTRING:
        write_string(builder, L, index, string_bytes);
        break;
    case LUA_TFUNCTION:
        write_function(builder, L, index);
        break;
    case LUA_TTHREAD:
        write_thread(builder, coroutines, lua_tothread(L, index));
        break;
    case LUA_TUSERDATA:
    case LUA_TLIGHTUSERDATA:
        write_userdata(builder, L, index);
        break;
    default:
        scalar_write(builder, L, index, hex);
    }
}

/* The entry on top of the stack, key below value, in a table's preview. */
static void write_entry(struct string_builder *builder, const struct coroutines *coroutines,
                        lua_State *L, int position, bool hex) {
    bool is_item = lua_isinteger(L, -2) && lua_tointeger(L, -2) == position;
    if (!is_item && lua_type(L, -2) == LUA_TSTRING && lua_rawlen(L, -2) > PREVIEW_BYTES) {
        write_string(builder, L, -2, PREVIEW_BYTES);
        string_builder_print(builder, "=");
    } else if (!is_item) {
        key_write_name(builder, L, lua_gettop(L) - 1);
        string_builder_print(builder, "=");
    }
    if (lua_type(L, -1) == LUA_TTABLE)
        string_builder_print(builder, "{…}");
    else
        write_plain(builder, coroutines, L, lua_gettop(L), hex, PREVIEW_BYTES);
}

/* Its first entries in its own order: the walk ends with the preview. */
static void write_table(struct string_builder *builder, const struct coroutines *coroutines,
                        lua_State *L, int index, bool hex) {
    if (write_type_name(builder, L, index))
        string_builder_print(builder, " ");
    string_builder_print(builder, "{");
    lua_pushnil(L);
    for (int i = 1; lua_next(L, index); i++) {
        if (i > 1)
            string_builder_print(builder, ", ");
        if (i > PREVIEW_ENTRIES) {
            string_builder_print(builder, "…");
            lua_pop(L, 2);
            break;
        }
        write_entry(builder, coroutines, L, i, hex);
        lua_pop(L, 1);
    }
    string_builder_print(builder, "}");
}

void value_write(struct string_builder *builder, const struct coroutines *coroutines, lua_State *L,
                 int index, const struct value_style *style) {
    index = lua_absindex(L, index);
    if (lua_type(L, index) == LUA_TTABLE)
        write_table(builder, coroutines, L, index, style->hex);
    else if (style->whole && lua_type(L, index) == LUA_TNUMBER && !lua_isinteger(L, index))
        scalar_write_float_source(builder, lua_tonumber(L, index));
    else
        write_plain(builder, coroutines, L, index, style->hex, most_string_bytes(style));
}

/* The terminal's own colours, so that they suit its theme. */
static int colour_of(int type) {
    switch (type) {
    case LUA_TNIL:
        return 90; /* grey */
    case LUA_TBOOLEAN:
        return 34; /* blue */
    case LUA_TNUMBER:
        return 32; /* green */
    case LUA_TSTRING:
        return 33; /* yellow */
    case LUA_TFUNCTION:
        return 35; /* magenta */
    default:
        return 36; /* cyan: what can be unfolded, and threads */
    }
}

void value_write_coloured(struct string_builder *builder, const struct coroutines *coroutines,
                          lua_State *L, int index, const struct value_style *style) {
    string_builder_print(builder, "\x1b[%dm", colour_of(lua_type(L, index)));
    value_write(builder, coroutines, L, index, style);
    string_builder_print(builder, "\x1b[0m");
}

const char *value_type(lua_State *L, int index) {
    if (lua_type(L, index) != LUA_TNUMBER)
        return lua_typename(L, lua_type(L, index));
    return lua_isinteger(L, index) ? "integer" : "float";
}

bool value_is_globals(lua_State *L, int index) {
    index = lua_absindex(L, index);
    lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    bool same = lua_rawequal(L, index, -1);
    lua_pop(L, 1);
    return same;
}

static bool table_has_children(lua_State *L, int index) {
    lua_pushnil(L);
    if (!lua_next(L, index))
        return false;
    lua_pop(L, 2);
    return true;
}

/* Upvalues, but for an _ENV that is just the globals. */
static bool function_has_children(lua_State *L, int index) {
    const char *name = lua_getupvalue(L, index, 1);
    if (name == NULL)
        return false;
    bool plain = strcmp(name, "_ENV") == 0 && value_is_globals(L, -1);
    lua_pop(L, 1);
    if (plain && lua_getupvalue(L, index, 2) == NULL)
        return false;
    if (plain)
        lua_pop(L, 1);
    return true;
}

static bool userdata_has_children(lua_State *L, int index) {
    bool has = lua_getiuservalue(L, index, 1) != LUA_TNONE;
    lua_pop(L, 1);
    return has;
}

/* Frames. */
static bool thread_has_children(lua_State *co) {
    lua_Debug record;
    return lua_getstack(co, 0, &record);
}

bool value_has_children(lua_State *L, int index) {
    index = lua_absindex(L, index);
    int type = lua_type(L, index);
    if (type == LUA_TFUNCTION)
        return function_has_children(L, index);
    if (type == LUA_TTHREAD)
        return thread_has_children(lua_tothread(L, index));
    if (type != LUA_TTABLE && type != LUA_TUSERDATA)
        return false;
    if (lua_getmetatable(L, index)) {
        lua_pop(L, 1);
        return true;
    }
    return type == LUA_TTABLE ? table_has_children(L, index) : userdata_has_children(L, index);
}
