/* SPDX-License-Identifier: MIT */
#include "arguments.h"
#include "stop.h"
#include "views.h"

#include <string.h>

/* Of the userdata on top of the stack. */
static void list_user_values(struct listing *listing) {
    lua_State *L = listing->stop->L;
    for (int n = 1; lua_getiuservalue(L, -1, n) != LUA_TNONE; n++) {
        struct string_builder name = {0}, expression = {0};
        struct value_path path = {
            .kind = VALUE_PATH_USER_VALUE, .of = listing->reference.path, .n = n};
        string_builder_print(&name, "(user value %d)", n);
        if (listing->reference.expression != NULL)
            string_builder_print(
                &expression, "(%s.getuservalue(%s, %d))",
                listing_debug_library(listing->stop, listing->reference.frame, "getuservalue"),
                listing->reference.expression, n);
        listing_add(listing, &name, &expression, &path);
    }
    lua_pop(L, 1);
    tostring_view_add(listing);
    listing_add_metatable(listing);
}

static void list_value(struct listing *listing) {
    int type = lua_type(listing->stop->L, -1);
    if (type == LUA_TTABLE)
        table_view_all(listing);
    else if (type == LUA_TFUNCTION)
        scope_view_upvalues(listing);
    else if (type == LUA_TUSERDATA)
        list_user_values(listing);
    else if (type == LUA_TTHREAD)
        thread_view_frames(listing);
    if (listing->filter != LISTING_INDEXED)
        size_view_add(listing);
}

/* Of an evaluation that gave several. */
static void list_results(struct listing *listing) {
    const struct reference *results = &listing->reference;
    for (lua_Integer i = results->first; i <= results->last; i++) {
        struct string_builder name = {0};
        struct value_path path = {.kind = VALUE_PATH_KEPT, .n = (int)i};
        string_builder_print(&name, "[%d]", (int)(i - results->first + 1));
        console_push_kept(&listing->stop->console, listing->stop->L, path.n);
        listing_add(listing, &name, NULL, &path);
    }
}

static void list_error(struct listing *listing) {
    struct string_builder name = {0};
    struct value_path path = {.kind = VALUE_PATH_ERROR};
    string_builder_print(&name, "err");
    value_path_push(&listing->stop->paths, value_path_add(&listing->stop->paths, &path));
    listing_add(listing, &name, NULL, &path);
}

struct view_row {
    void (*list)(struct listing *listing);
    bool of_path; /* the value that its path leads to is wanted on the stack */
    int type;     /* and must be of this type; LUA_TNONE: any */
};

static const struct view_row views[] = {
    [VIEW_ERROR] = {list_error, false, LUA_TNONE},
    [VIEW_LOCALS] = {scope_view_locals, false, LUA_TNONE},
    [VIEW_VARARGS] = {scope_view_varargs, false, LUA_TNONE},
    [VIEW_UPVALUES] = {scope_view_upvalues, true, LUA_TFUNCTION},
    [VIEW_GLOBALS] = {table_view_globals, true, LUA_TTABLE},
    [VIEW_LIBRARY] = {table_view_library, true, LUA_TTABLE},
    [VIEW_VALUE] = {list_value, true, LUA_TNONE},
    [VIEW_ITEMS] = {table_view_items, true, LUA_TTABLE},
    [VIEW_OTHERS] = {table_view_others, true, LUA_TTABLE},
    [VIEW_GROUP] = {table_view_group, true, LUA_TTABLE},
    [VIEW_FRAMES] = {thread_view_frames, true, LUA_TTHREAD},
    [VIEW_COROUTINES] = {thread_view_coroutines, false, LUA_TNONE},
    [VIEW_METATABLES] = {metatable_view, false, LUA_TNONE},
    [VIEW_RESULTS] = {list_results, false, LUA_TNONE},
    [VIEW_TOSTRING] = {tostring_view, false, LUA_TNONE},
    [VIEW_SIZE] = {size_view, false, LUA_TNONE},
};

/* An evaluation may have changed what was there: then nothing is listed. */
static void list(struct listing *listing) {
    const struct view_row *view = &views[listing->reference.view];
    lua_State *L = listing->stop->L;
    int height = lua_gettop(L);
    bool there = !view->of_path || value_path_push(&listing->stop->paths, listing->reference.path);
    if (there && (view->type == LUA_TNONE || lua_type(L, -1) == view->type))
        view->list(listing);
    if (view->of_path)
        lua_settop(L, height);
}

/* start and count of a client that pages without a filter. */
static void cut(struct listing *listing) {
    if (listing->filter == LISTING_INDEXED)
        return;
    cJSON *list = listing->variables;
    for (int i = 0; i < listing->start && list->child != NULL; i++)
        cJSON_DeleteItemFromArray(list, 0);
    if (listing->count > 0)
        for (int size = cJSON_GetArraySize(list); size > listing->count; size--)
            cJSON_DeleteItemFromArray(list, size - 1);
}

static void read_arguments(struct listing *listing, const cJSON *arguments) {
    const char *filter = arguments_text(arguments, "filter");
    listing->style.hex = arguments_flag(arguments_get(arguments, "format"), "hex");
    if (filter != NULL && strcmp(filter, "indexed") == 0)
        listing->filter = LISTING_INDEXED;
    else if (filter != NULL && strcmp(filter, "named") == 0)
        listing->filter = LISTING_NAMED;
    listing->start = arguments_count(arguments, "start", 0);
    listing->count = arguments_count(arguments, "count", 0);
}

static cJSON *variables(struct stop *stop, const cJSON *arguments,
                        struct inspect_problem *problem) {
    struct listing listing = {.stop = stop};
    if (!reference_asked(&stop->references, arguments, &listing.reference, problem))
        return NULL;
    read_arguments(&listing, arguments);
    listing.variables = cJSON_CreateArray();
    list(&listing);
    cut(&listing);
    cJSON *body = cJSON_CreateObject();
    cJSON_AddItemToObject(body, "variables", listing.variables);
    return body;
}

const struct inspect_request variables_requests[] = {
    {"variables", variables},
    {NULL, NULL},
};
