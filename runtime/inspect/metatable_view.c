/* SPDX-License-Identifier: MIT */
#include "views.h"

#include "evaluation.h"
#include "stop.h"

#include <lauxlib.h>
#include <string.h>

/* More entries of the registry, and of a metatable, are not looked at. */
enum { MOST_ENTRIES = 10000, METATABLE_ENTRIES = 1000 };

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
    string_builder_print(
        &expression, "%s.getregistry()",
        listing_debug_library(listing->stop, listing->reference.frame, "getregistry"));
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
    const char *debug =
        listing_debug_library(listing->stop, listing->reference.frame, "getmetatable");
    struct string_builder main = {0};
    for (size_t i = 0; i < sizeof basic / sizeof *basic; i++)
        add_shared(listing, debug, basic[i].type, basic[i].specimen);
    string_builder_print(
        &main, "%s.getregistry()[%d]",
        listing_debug_library(listing->stop, listing->reference.frame, "getregistry"),
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

/* ---- __tostring ---- */

static const char child_name[] = "(tostring)";

static bool has_tostring(lua_State *L) {
    bool has = false;
    if (!lua_getmetatable(L, -1))
        return false;
    if (key_push_text(L, lua_gettop(L), "__tostring", strlen("__tostring"), METATABLE_ENTRIES)) {
        has = true;
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return has;
}

void tostring_view_add(struct listing *listing) {
    if (has_tostring(listing->stop->L))
        listing_add_lazy(listing, child_name, VIEW_TOSTRING);
}

static int perform(lua_State *co, struct evaluation *evaluation) {
    const struct listing *listing = evaluation->data;
    struct stop *stop = evaluation->stop;
    if (!value_path_push(&stop->paths, listing->reference.path))
        return luaL_error(co, "the value is no more there");
    lua_xmove(stop->L, co, 1);
    luaL_tolstring(co, 1, NULL);
    lua_replace(co, 1);
    lua_settop(co, 1);
    return 1;
}

static cJSON *finish(struct evaluation *evaluation, lua_State *co, int count) {
    struct stop *stop = evaluation->stop;
    struct value_path path = {.kind = VALUE_PATH_KEPT};
    const struct variable variable = {.name = child_name, .path = &path};
    evaluation_push_result(evaluation, co, 1);
    path.n = console_keep(&stop->console, stop->L);
    return variable_take(stop, &variable, &evaluation->style);
}

static cJSON *failed(const char *why) {
    cJSON *child = cJSON_CreateObject();
    cJSON_AddStringToObject(child, "name", child_name);
    cJSON_AddStringToObject(child, "value", why);
    cJSON_AddNumberToObject(child, "variablesReference", 0);
    return child;
}

void tostring_view(struct listing *listing) {
    struct inspect_problem problem = {{0}};
    struct evaluation evaluation = {.stop = listing->stop,
                                    .frame = listing->reference.frame,
                                    .perform = perform,
                                    .finish = finish,
                                    .data = listing,
                                    .style = listing->style,
                                    .problem = &problem};
    cJSON *child = evaluation_run(&evaluation);
    cJSON_AddItemToArray(listing->variables, child != NULL ? child : failed(problem.text));
}
