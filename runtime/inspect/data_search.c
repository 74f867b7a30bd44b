/* SPDX-License-Identifier: MIT */
#include "data_search.h"

#include "data_variable.h"
#include "expressions.h"
#include "key.h"
#include "lookup.h"
#include "stop.h"

struct data_variable *data_search_if_good(const struct data_search *search,
                                          struct data_variable *variable, bool good) {
    if (good)
        return variable;
    data_variable_destroy(variable, search->expressions);
    return NULL;
}

struct data_variable *data_search_from_local(const struct data_search *search, struct frame *frame,
                                             int n) {
    const char *local = lookup_local_name(frame, n);
    if (local == NULL)
        return NULL;
    return data_variable_of_local(search->expressions, search->title, local, frame->L,
                                  &frame->record, frame->level, n);
}

struct data_variable *data_search_from_value(const struct data_search *search) {
    lua_xmove(search->stop->L, search->expressions->co, 1);
    return data_variable_of_value(search->expressions, search->title);
}

struct data_variable *data_search_from_upvalue(const struct data_search *search,
                                               struct frame *frame, int n) {
    lua_getinfo(frame->L, "f", &frame->record);
    lua_xmove(frame->L, search->stop->L, 1);
    struct data_variable *variable = data_search_from_value(search);
    const struct data_variable_step step = {DATA_VARIABLE_UPVALUE, n};
    return variable != NULL
               ? data_search_if_good(search, variable,
                                     data_variable_add(variable, search->expressions, step))
               : NULL;
}

bool data_search_write_name(struct string_builder *chain, lua_State *L, int index) {
    size_t size = 0;
    const char *name = lua_type(L, index) == LUA_TSTRING ? lua_tolstring(L, index, &size) : NULL;
    if (name == NULL || !key_is_name(name, size))
        return false;
    string_builder_print(chain, "%s%s", chain->size > 0 ? "." : "", name);
    return true;
}
