/* SPDX-License-Identifier: MIT */
#include "chain.h"
#include "debug_name.h"
#include "frames.h"
#include "reference.h"
#include "stop.h"
#include "value.h"
#include "value_path.h"

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
    if (!chain_find(stop, frame, expression, &path))
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
                             debug_name(stop, frame, "getregistry"), LUA_RIDX_GLOBALS);
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
