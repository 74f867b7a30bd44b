/* SPDX-License-Identifier: MIT */
#include "listing.h"

#include "chain_value.h"
#include "environment.h"
#include "release.h"
#include "stop.h"

#include <lualib.h>
#include <stdio.h>

/* Longer code is not offered for evaluation. */
enum { EXPRESSION_BYTES = 1000 };

/* Whose names the code for a value means. */
static int naming_frame(const struct reference *reference) {
    return reference->elsewhere ? reference->reached_from : reference->frame;
}

void listing_add_declared(struct listing *listing, struct string_builder *name,
                          struct string_builder *expression, const struct value_path *path,
                          enum declaration_attribute attribute) {
    struct variable variable = {.name = string_builder_text(name),
                                .path = path,
                                .frame = naming_frame(&listing->reference),
                                .attribute = attribute};
    if (expression != NULL && expression->size > 0 && expression->size <= EXPRESSION_BYTES)
        variable.expression = string_builder_text(expression);
    cJSON *item = variable_take(listing->stop, &variable, &listing->style);
    cJSON_AddItemToArray(listing->variables, item);
    string_builder_finish(name);
    if (expression != NULL)
        string_builder_finish(expression);
}

void listing_add(struct listing *listing, struct string_builder *name,
                 struct string_builder *expression, const struct value_path *path) {
    listing_add_declared(listing, name, expression, path, DECLARATION_PLAIN);
}

void listing_add_group(struct listing *listing, const char *name, const char *text,
                       const struct reference *part) {
    cJSON_AddItemToArray(listing->variables, variable_group(listing->stop, name, text, part));
}

void listing_add_lazy(struct listing *listing, const char *name, enum view view) {
    struct reference lazy = listing->reference;
    lazy.view = view;
    cJSON *child = variable_group(listing->stop, name, "", &lazy);
    cJSON_AddTrueToObject(cJSON_GetObjectItem(child, "presentationHint"), "lazy");
    cJSON_AddItemToArray(listing->variables, child);
}

void listing_add_metatable(struct listing *listing) {
    struct string_builder expression = {0};
    struct value_path path = {.kind = VALUE_PATH_METATABLE, .of = listing->reference.path};
    if (!lua_getmetatable(listing->stop->L, -1))
        return;
    if (listing->reference.expression != NULL)
        string_builder_print(
            &expression, "%s.getmetatable(%s)",
            listing_debug_library(listing->stop, listing->reference.frame, "getmetatable"),
            listing->reference.expression);
    struct variable variable = {
        .name = "(metatable)", .path = &path, .frame = listing->reference.frame, .hint = "virtual"};
    if (expression.size > 0 && expression.size <= EXPRESSION_BYTES)
        variable.expression = string_builder_text(&expression);
    cJSON_AddItemToArray(listing->variables,
                         variable_take(listing->stop, &variable, &listing->style));
    string_builder_finish(&expression);
}

static void add_each(struct listing *listing, lua_Integer first, lua_Integer last,
                     void (*add_item)(struct listing *listing, lua_Integer index)) {
    for (lua_Integer i = 0; i <= last - first; i++)
        add_item(listing, first + i);
}

/* Groups of 100, or of 10,000 and so on, so that no more than 100 are needed. */
static void add_groups(struct listing *listing, lua_Integer first, lua_Integer last,
                       const struct reference *group) {
    lua_Integer size = VARIABLE_PAGE;
    while ((last - first) / size >= VARIABLE_PAGE)
        size *= VARIABLE_PAGE;
    for (lua_Integer i = first; i <= last; i += size) {
        struct reference part = *group;
        char name[64], text[32];
        part.first = i;
        part.last = last - i < size ? last : i + size - 1;
        snprintf(name, sizeof name, "[%lld..%lld]", (long long)part.first, (long long)part.last);
        snprintf(text, sizeof text, "%lld items", (long long)(part.last - part.first + 1));
        listing_add_group(listing, name, text, &part);
    }
}

void listing_add_items(struct listing *listing, lua_Integer first, lua_Integer last,
                       const struct reference *group,
                       void (*add_item)(struct listing *listing, lua_Integer index)) {
    if (listing->filter == LISTING_INDEXED) {
        first += listing->start;
        if (listing->count > 0 && listing->count <= last - first)
            last = first + listing->count - 1;
    }
    if (last - first < (listing->filter == LISTING_INDEXED ? LISTING_MOST : VARIABLE_PAGE))
        add_each(listing, first, last, add_item);
    else
        add_groups(listing, first, last, group);
}

/* ---- the debug library in Lua code ---- */

struct finding {
    const char *function;
    lua_CFunction found;
};

static int find_original(lua_State *scratch) {
    struct finding *finding = lua_touserdata(scratch, 1);
    lua_pushcfunction(scratch, luaopen_debug);
    lua_call(scratch, 0, 1);
    lua_getfield(scratch, -1, finding->function);
    finding->found = lua_tocfunction(scratch, -1);
    return 0;
}

/* Lua's own, taken from a state of its own. NULL if memory is out. */
static lua_CFunction original(const char *function) {
    struct finding finding = {.function = function};
    release_try(NULL, NULL, find_original, &finding);
    return finding.found;
}

/* What the name leads to in the frame. NULL if that is no function of C. */
static lua_CFunction present(struct stop *stop, int frame, const char *function) {
    struct string_builder expression = {0};
    struct value_path path;
    lua_CFunction found = NULL;
    string_builder_print(&expression, "debug.%s", function);
    if (chain_value_find(stop, frame, string_builder_text(&expression), &path)) {
        found = lua_tocfunction(stop->L, -1);
        lua_pop(stop->L, 1);
    }
    string_builder_finish(&expression);
    return found;
}

const char *listing_debug_library(struct stop *stop, int frame, const char *function) {
    lua_CFunction found = present(stop, frame, function);
    return found != NULL && found == original(function) ? "debug" : ENVIRONMENT_DEBUG;
}
