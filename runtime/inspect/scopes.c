/* SPDX-License-Identifier: MIT */
/* The scopes of a frame, and the variables in them. */
#include "arguments.h"
#include "attributes.h"
#include "chain_value.h"
#include "constants.h"
#include "lookup.h"
#include "stop.h"
#include "views.h"

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

void scope_view_locals(struct listing *listing) {
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

void scope_view_varargs(struct listing *listing) {
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
                             listing_debug_library(listing->stop, reference->frame, "getupvalue"),
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
void scope_view_upvalues(struct listing *listing) {
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

/* ---- the request ---- */

static void add_scope(struct stop *stop, cJSON *list, const char *name, const char *hint,
                      const struct reference *reference) {
    cJSON *scope = cJSON_CreateObject();
    cJSON_AddStringToObject(scope, "name", name);
    if (hint != NULL)
        cJSON_AddStringToObject(scope, "presentationHint", hint);
    cJSON_AddNumberToObject(scope, "variablesReference",
                            reference_add(&stop->references, reference));
    cJSON_AddBoolToObject(scope, "expensive", reference->view == VIEW_GLOBALS);
    cJSON_AddItemToArray(list, scope);
}

static void add_upvalues(struct stop *stop, cJSON *list, int frame) {
    struct value_path function = {.kind = VALUE_PATH_FUNCTION, .of = frame};
    struct reference upvalues = {
        .view = VIEW_UPVALUES, .frame = frame, .path = value_path_add(&stop->paths, &function)};
    if (!value_path_push(&stop->paths, upvalues.path))
        return;
    bool any = value_has_children(stop->L, -1);
    lua_pop(stop->L, 1);
    if (any)
        add_scope(stop, list, "Upvalues", NULL, &upvalues);
}

static bool is_globals(struct stop *stop, int frame, const char *expression) {
    struct value_path path;
    if (!chain_value_find(stop, frame, expression, &path))
        return false;
    bool same = value_is_globals(stop->L, -1);
    lua_pop(stop->L, 1);
    return same;
}

/* Lua code for the table of globals, in the frame. */
static void write_globals(struct string_builder *builder, struct stop *stop, int frame) {
    if (is_globals(stop, frame, "_G"))
        string_builder_print(builder, "_G");
    else if (is_globals(stop, frame, "_ENV"))
        string_builder_print(builder, "_ENV");
    else
        string_builder_print(builder, "%s.getregistry()[%d]",
                             listing_debug_library(stop, frame, "getregistry"), LUA_RIDX_GLOBALS);
}

static cJSON *scopes(struct stop *stop, const cJSON *arguments, struct inspect_problem *problem) {
    struct frame frame;
    int id;
    if (!frames_asked(&stop->frames, arguments, &frame, &id, problem))
        return NULL;
    struct value_path globals = {.kind = VALUE_PATH_GLOBALS};
    struct reference local_view = {.view = VIEW_LOCALS, .frame = id};
    struct string_builder expression = {0};
    write_globals(&expression, stop, id);
    struct reference global_view = {.view = VIEW_GLOBALS,
                                    .frame = id,
                                    .path = value_path_add(&stop->paths, &globals),
                                    .expression = string_builder_text(&expression)};
    cJSON *body = cJSON_CreateObject();
    cJSON *list = cJSON_AddArrayToObject(body, "scopes");
    if (stop->error.thread == frame.L)
        add_scope(stop, list, "Exception", NULL, &(struct reference){.view = VIEW_ERROR});
    add_scope(stop, list, "Locals", "locals", &local_view);
    add_upvalues(stop, list, id);
    add_scope(stop, list, "Globals", NULL, &global_view);
    string_builder_finish(&expression);
    return body;
}

const struct inspect_request scopes_requests[] = {
    {"scopes", scopes},
    {NULL, NULL},
};
