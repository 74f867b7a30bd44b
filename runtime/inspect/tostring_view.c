/* SPDX-License-Identifier: MIT */
#include "tostring_view.h"

#include "evaluation.h"
#include "stop.h"

#include <lauxlib.h>
#include <string.h>

/* Where __tostring is looked for in a metatable. */
enum { METATABLE_ENTRIES = 1000 };

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
    if (!has_tostring(listing->stop->L))
        return;
    struct reference lazy = listing->reference;
    lazy.view = VIEW_TOSTRING;
    cJSON *child = variable_group(listing->stop, child_name, "", &lazy);
    cJSON_AddTrueToObject(cJSON_GetObjectItem(child, "presentationHint"), "lazy");
    cJSON_AddItemToArray(listing->variables, child);
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
    path.n = console_keep(stop, stop->L);
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
