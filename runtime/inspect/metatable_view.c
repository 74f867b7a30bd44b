/* SPDX-License-Identifier: MIT */
#include "metatable_view.h"

#include "debug_name.h"
#include "stop.h"

#include <string.h>

/* More entries of the registry are not looked at. */
enum { MOST_ENTRIES = 10000 };

static void add_shared(struct listing *listing, const char *debug, int type, const char *specimen) {
    struct string_builder name = {0}, expression = {0};
    struct value_path path = {.kind = VALUE_PATH_SHARED, .n = type};
    if (!value_path_push(&listing->stop->paths, value_path_add(&listing->stop->paths, &path)))
        return;
    string_builder_print(&name, "%s", lua_typename(listing->stop->L, type));
    string_builder_print(&expression, "%s.getmetatable(%s)", debug, specimen);
    listing_add(listing, &name, &expression, &path);
}

/* Is the table on top of the stack, whose key lies below, called as its key is? */
static bool is_metatable(lua_State *L) {
    bool same = false;
    if (!lua_istable(L, -1) || lua_type(L, -2) != LUA_TSTRING)
        return false;
    if (key_push_text(L, lua_gettop(L), "__name", strlen("__name"), MOST_ENTRIES)) {
        lua_rawget(L, -2);
        same = lua_rawequal(L, -1, -3);
        lua_pop(L, 1);
    }
    return same;
}

/* The entry on top of the stack, key below value; pops the value. */
static void add_registered(struct listing *listing, int registry) {
    lua_State *L = listing->stop->L;
    int key = lua_gettop(L) - 1;
    struct string_builder name = {0}, expression = {0};
    struct value_path path = {.kind = VALUE_PATH_ENTRY, .of = registry, .key = key_of(L, key)};
    string_builder_excerpt(&name, lua_tostring(L, key), lua_rawlen(L, key),
                           STRING_BUILDER_NAME_BYTES);
    string_builder_print(&expression, "%s.getregistry()",
                         debug_name(listing->stop, listing->reference.frame, "getregistry"));
    if (!key_write_index(&expression, L, key))
        string_builder_finish(&expression);
    listing_add(listing, &name, &expression, &path);
}

static void add_all_registered(struct listing *listing) {
    lua_State *L = listing->stop->L;
    struct value_path path = {.kind = VALUE_PATH_REGISTRY};
    int registry = value_path_add(&listing->stop->paths, &path);
    lua_pushnil(L);
    for (int seen = 0; lua_next(L, LUA_REGISTRYINDEX); seen++) {
        if (seen == MOST_ENTRIES) {
            lua_pop(L, 2);
            return;
        }
        if (is_metatable(L))
            add_registered(listing, registry);
        else
            lua_pop(L, 1);
    }
}

void metatable_view(struct listing *listing) {
    static const struct {
        int type;
        const char *specimen;
    } basic[] = {
        {LUA_TNIL, "nil"},
        {LUA_TBOOLEAN, "true"},
        {LUA_TNUMBER, "0"},
        {LUA_TSTRING, "\"\""},
        {LUA_TFUNCTION, "(function() end)"},
    };
    const char *debug = debug_name(listing->stop, listing->reference.frame, "getmetatable");
    struct string_builder main = {0};
    for (size_t i = 0; i < sizeof basic / sizeof *basic; i++)
        add_shared(listing, debug, basic[i].type, basic[i].specimen);
    string_builder_print(&main, "%s.getregistry()[%d]",
                         debug_name(listing->stop, listing->reference.frame, "getregistry"),
                         LUA_RIDX_MAINTHREAD);
    add_shared(listing, debug, LUA_TTHREAD, string_builder_text(&main));
    string_builder_finish(&main);
    add_all_registered(listing);
}

void metatable_view_add(struct listing *listing) {
    listing_add_group(
        listing, "(metatables)", "of types made in C, and of basic types",
        &(struct reference){.view = VIEW_METATABLES, .frame = listing->reference.frame});
}
