/* SPDX-License-Identifier: MIT */
#include "listing.h"

#include "debug_name.h"
#include "stop.h"

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

void listing_add_metatable(struct listing *listing) {
    struct string_builder expression = {0};
    struct value_path path = {.kind = VALUE_PATH_METATABLE, .of = listing->reference.path};
    if (!lua_getmetatable(listing->stop->L, -1))
        return;
    if (listing->reference.expression != NULL)
        string_builder_print(&expression, "%s.getmetatable(%s)",
                             debug_name(listing->stop, listing->reference.frame, "getmetatable"),
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
