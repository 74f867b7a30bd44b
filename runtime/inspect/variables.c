/* SPDX-License-Identifier: MIT */
#include "arguments.h"
#include "attributes.h"
#include "constants.h"
#include "debug_name.h"
#include "frames.h"
#include "lookup.h"
#include "metatable_view.h"
#include "stop.h"
#include "table_view.h"
#include "thread_view.h"
#include "tostring_view.h"

#include <string.h>

/* Lua's compiler allows 200 locals in a function (MAXVARS). */
enum { MOST_LOCALS = DECLARATIONS_MOST };

static bool is_shadowed(const char *const *names, int count, int n) {
    for (int i = n + 1; i < count; i++)
        if (strcmp(names[i], names[n]) == 0)
            return true;
    return false;
}

/* Lua code for local n of a frame that is not the evaluating one, if there is any. */
static void write_elsewhere(const struct reference *reference, struct string_builder *builder,
                            int n) {
    if (reference->expression != NULL)
        string_builder_print(builder, "(({%s, %d)})[2])", reference->expression, n);
}

static void add_local(struct listing *listing, struct frame *frame, const char *name, int n,
                      bool shadowed, enum declaration_attribute attribute) {
    struct string_builder label = {0}, expression = {0};
    struct value_path path = {.kind = VALUE_PATH_LOCAL, .of = listing->reference.frame, .n = n};
    string_builder_excerpt(&label, name, strlen(name), STRING_BUILDER_NAME_BYTES);
    string_builder_print(&label, shadowed ? " (shadowed)" : "");
    if (listing->reference.elsewhere)
        write_elsewhere(&listing->reference, &expression, n);
    else if (!shadowed)
        string_builder_print(&expression, "%s", name);
    lookup_push(frame, (struct lookup){LOOKUP_LOCAL, n}, listing->stop->L);
    listing_add_declared(listing, &label, &expression, &path, attribute);
}

/* Those of the function itself. */
static void add_constants(struct listing *listing, struct frame *frame) {
    struct declarations_constants constants;
    constants_find(&listing->stop->text, frame, &constants);
    for (int i = 0; i < constants.count; i++) {
        const struct declarations_constant *one = &constants.list[i];
        struct string_builder label = {0}, expression = {0};
        if (!one->own)
            continue;
        string_builder_excerpt(&label, one->name, one->name_size, STRING_BUILDER_NAME_BYTES);
        string_builder_print(&expression, "%.*s", (int)one->name_size, one->name);
        stop_push_constant(listing->stop, &constants, one);
        listing_add_declared(listing, &label, &expression, NULL, DECLARATION_CONST);
    }
}

static void add_varargs_group(struct listing *listing, struct frame *frame) {
    int count = lookup_varargs(frame);
    if (count == 0)
        return;
    struct reference varargs = listing->reference;
    varargs.view = VIEW_VARARGS;
    struct string_builder text = {0};
    string_builder_print(&text, count == 1 ? "1 value" : "%d values", count);
    listing_add_group(listing, "...", string_builder_text(&text), &varargs);
    string_builder_finish(&text);
}

static void list_locals(struct listing *listing) {
    struct frame frame;
    const char *names[MOST_LOCALS];
    int count = 0;
    if (!frames_find(&listing->stop->frames, listing->reference.frame, &frame))
        return;
    while (count < MOST_LOCALS && (names[count] = lookup_local_name(&frame, count + 1)) != NULL)
        count++;
    struct attributes attributes;
    attributes_of_locals(&listing->stop->text, &frame, &attributes);
    for (int i = 0; i < count; i++)
        if (names[i][0] != '(')
            add_local(listing, &frame, names[i], i + 1, is_shadowed(names, count, i),
                      attributes.of[i]);
    add_constants(listing, &frame);
    add_varargs_group(listing, &frame);
}

static void add_vararg(struct listing *listing, lua_Integer index) {
    struct frame frame;
    struct string_builder name = {0}, expression = {0};
    struct value_path path = {
        .kind = VALUE_PATH_LOCAL, .of = listing->reference.frame, .n = -(int)index};
    if (!frames_find(&listing->stop->frames, listing->reference.frame, &frame))
        return;
    string_builder_print(&name, "[%d]", (int)index);
    if (listing->reference.elsewhere)
        write_elsewhere(&listing->reference, &expression, path.n);
    else
        string_builder_print(&expression, "(({...})[%d])", (int)index);
    lookup_push(&frame, (struct lookup){LOOKUP_LOCAL, path.n}, listing->stop->L);
    listing_add(listing, &name, &expression, &path);
}

static void list_varargs(struct listing *listing) {
    struct frame frame;
    if (listing->filter == LISTING_NAMED ||
        !frames_find(&listing->stop->frames, listing->reference.frame, &frame))
        return;
    bool part = listing->reference.last > 0;
    listing_add_items(listing, part ? listing->reference.first : 1,
                      part ? listing->reference.last : lookup_varargs(&frame), &listing->reference,
                      add_vararg);
}

/* In its frame an upvalue can be named, unless a local hides it. */
static bool can_be_named(const struct listing *listing, const char *name, int n) {
    struct frame frame;
    if (listing->reference.view != VIEW_UPVALUES ||
        !frames_find(&listing->stop->frames, listing->reference.frame, &frame))
        return false;
    struct lookup found = lookup_name(&frame, name, strlen(name));
    return found.kind == LOOKUP_UPVALUE && found.n == n;
}

/* Lua code for it; nothing is written if there is none. */
static void write_upvalue(const struct listing *listing, struct string_builder *builder,
                          const char *name, int n) {
    const struct reference *reference = &listing->reference;
    if (key_is_name(name, strlen(name)) && can_be_named(listing, name, n))
        string_builder_print(builder, "%s", name);
    else if (reference->view == VIEW_VALUE && reference->expression != NULL)
        string_builder_print(builder, "(({%s.getupvalue(%s, %d)})[2])",
                             debug_name(listing->stop, reference->frame, "getupvalue"),
                             reference->expression, n);
}

/* The upvalue on top of the stack; pops it. */
static void add_upvalue(struct listing *listing, const char *name, int n,
                        enum declaration_attribute attribute) {
    struct string_builder label = {0}, expression = {0};
    struct value_path path = {.kind = VALUE_PATH_UPVALUE, .of = listing->reference.path, .n = n};
    if (key_is_name(name, strlen(name)))
        string_builder_print(&label, "%s", name);
    else /* in C functions, and stripped ones */
        string_builder_print(&label, "(upvalue %d)", n);
    write_upvalue(listing, &expression, name, n);
    listing_add_declared(listing, &label, &expression, &path, attribute);
}

/* Of the function on top of the stack. */
static void list_upvalues(struct listing *listing) {
    lua_State *L = listing->stop->L;
    struct attributes attributes;
    const char *name;
    attributes_of_upvalues(&listing->stop->text, listing->stop->L, &attributes);
    for (int n = 1; n <= DECLARATIONS_MOST && (name = lua_getupvalue(L, -1, n)) != NULL; n++) {
        if (strcmp(name, "_ENV") == 0 && value_is_globals(L, -1))
            lua_pop(L, 1);
        else
            add_upvalue(listing, name, n, attributes.of[n - 1]);
    }
}

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
                debug_name(listing->stop, listing->reference.frame, "getuservalue"),
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
        list_upvalues(listing);
    else if (type == LUA_TUSERDATA)
        list_user_values(listing);
    else if (type == LUA_TTHREAD)
        thread_view_frames(listing);
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
    bool of_place; /* the value in its place is wanted on the stack */
    int type;      /* and must be of this type; LUA_TNONE: any */
};

static const struct view_row views[] = {
    [VIEW_ERROR] = {list_error, false, LUA_TNONE},
    [VIEW_LOCALS] = {list_locals, false, LUA_TNONE},
    [VIEW_VARARGS] = {list_varargs, false, LUA_TNONE},
    [VIEW_UPVALUES] = {list_upvalues, true, LUA_TFUNCTION},
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
};

/* An evaluation may have changed what was there: then nothing is listed. */
static void list(struct listing *listing) {
    const struct view_row *view = &views[listing->reference.view];
    lua_State *L = listing->stop->L;
    int height = lua_gettop(L);
    bool there = !view->of_place || value_path_push(&listing->stop->paths, listing->reference.path);
    if (there && (view->type == LUA_TNONE || lua_type(L, -1) == view->type))
        view->list(listing);
    if (view->of_place)
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

static bool read_arguments(struct listing *listing, const cJSON *arguments,
                           struct inspect_problem *problem) {
    const char *filter = arguments_text(arguments, "filter");
    listing->style.hex = arguments_flag(arguments_get(arguments, "format"), "hex");
    if (filter != NULL && strcmp(filter, "indexed") == 0)
        listing->filter = LISTING_INDEXED;
    else if (filter != NULL && strcmp(filter, "named") == 0)
        listing->filter = LISTING_NAMED;
    return arguments_count(arguments, "start", &listing->start, problem) &&
           arguments_count(arguments, "count", &listing->count, problem);
}

static cJSON *variables(struct stop *stop, const cJSON *arguments,
                        struct inspect_problem *problem) {
    struct listing listing = {.stop = stop};
    if (!reference_asked(&stop->references, arguments, &listing.reference, problem) ||
        !read_arguments(&listing, arguments, problem))
        return NULL;
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
