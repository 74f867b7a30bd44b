/* SPDX-License-Identifier: MIT */
#include "views.h"

#include "entries.h"
#include "layout.h"
#include "scalar.h"
#include "stop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Lua's walk passes the sequence before the other entries. Behind a longer one they are looked for
   only when asked. */
enum { LONG_SEQUENCE = 100000 };

/* Bytes of a key in a group's name. */
enum { LABEL_BYTES = 40 };

static struct entries_range range_of(const struct listing *listing) {
    const struct reference *reference = &listing->reference;
    bool all = reference->portion == ENTRIES_ALL;
    return (struct entries_range){
        .portion = reference->portion,
        .items = all ? (lua_Integer)lua_rawlen(listing->stop->L, -1) : 0,
        .after = reference->after,
        .near = listing->stop->near,
    };
}

/* A part of the same table. */
static struct reference part_of(const struct listing *listing, enum view view) {
    struct reference part = listing->reference;
    part.view = view;
    return part;
}

/* The value on top of the stack, which is popped. The words are consumed; `index`: what makes Lua
   code look the key up; empty: none does. */
static void add_value(struct listing *listing, struct key key, struct string_builder *name,
                      struct string_builder *index) {
    struct string_builder expression = {0};
    struct value_path path = {.kind = VALUE_PATH_ENTRY, .of = listing->reference.path, .key = key};
    if (listing->reference.expression != NULL && index->size > 0)
        string_builder_print(&expression, "%s%s", listing->reference.expression,
                             string_builder_text(index));
    string_builder_finish(index);
    listing_add(listing, name, &expression, &path);
}

static void add_item(struct listing *listing, lua_Integer index) {
    struct string_builder name = {0}, place = {0};
    string_builder_print(&name, "[%lld]", (long long)index);
    string_builder_print(&place, "[%lld]", (long long)index);
    lua_rawgeti(listing->stop->L, -1, index);
    add_value(listing, key_of_integer(index), &name, &place);
}

/* The entry on top of the stack, key below value; pops the value. */
static void add_entry(struct listing *listing) {
    lua_State *L = listing->stop->L;
    int key = lua_gettop(L) - 1;
    struct string_builder name = {0}, index = {0};
    key_write_name(&name, L, key);
    if (!key_write_index(&index, L, key))
        string_builder_finish(&index);
    add_value(listing, key_of(L, key), &name, &index);
}

/* Of the table on top of the stack. */
static void add_text_entry(struct listing *listing, const struct entry *entry) {
    struct string_builder name = {0}, index = {0};
    key_write_name_of_text(&name, entry->text, entry->size);
    if (!key_write_index_of_text(&index, entry->text, entry->size))
        string_builder_finish(&index);
    key_push_value_of_text(listing->stop->L, lua_gettop(listing->stop->L), entry->text);
    add_value(listing, entry->key, &name, &index);
}

/* Makes the entries that have a slot (by ordinal; -1: none) into Variables, in the slots' order: a
   second walk in the table's own order, for the values. */
static void add_slotted(struct listing *listing, const struct entries_range *range,
                        const int *slots, int ordinals, int count) {
    lua_State *L = listing->stop->L;
    int table = lua_gettop(L);
    cJSON **sorted = calloc((size_t)count, sizeof *sorted);
    cJSON *answer = listing->variables;
    if (sorted == NULL || !entries_start(L, table, range)) {
        free(sorted);
        return;
    }
    listing->variables = cJSON_CreateArray(); /* takes one at a time */
    for (int i = 0; i < ordinals && entries_next(L, table, range); i++) {
        if (slots[i] < 0) {
            lua_pop(L, 1);
            continue;
        }
        add_entry(listing);
        sorted[slots[i]] = cJSON_DetachItemFromArray(listing->variables, 0);
    }
    lua_settop(L, table);
    cJSON_Delete(listing->variables);
    listing->variables = answer;
    for (int i = 0; i < count; i++)
        cJSON_AddItemToArray(answer, sorted[i]);
    free(sorted);
}

/* Can Lua be asked for the value of each at once? */
static bool can_be_asked(const struct entry *list, int count) {
    const struct layout *layout = layout_measured();
    int i = 0;
    while (i < count && layout != NULL && list[i].text != NULL && list[i].size <= layout->shared &&
           strlen(list[i].text) == list[i].size)
        i++;
    return i == count;
}

/* Ranks of the sorted piece from first on, below end, by walking through it. */
static void walk_ranks(struct listing *listing, const struct entries_range *range,
                       const struct entries *entries, int first, int end) {
    int *slots = malloc(ENTRIES_PIECE * sizeof *slots);
    int ordinals = 0;
    if (slots == NULL)
        return;
    for (int i = 0; i < ENTRIES_PIECE; i++)
        slots[i] = -1;
    for (int i = first; i < end; i++) {
        slots[entries->list[i].ordinal] = i - first;
        if (entries->list[i].ordinal >= ordinals)
            ordinals = entries->list[i].ordinal + 1;
    }
    add_slotted(listing, range, slots, ordinals, end - first);
    free(slots);
}

/* Ranks first to last, as far as there are so many. */
static void add_ranks(struct listing *listing, const struct entries_range *range,
                      const struct entries *entries, int first, int last) {
    int end = last + 1 < entries->count ? last + 1 : entries->count;
    if (first >= end)
        return;
    if (!can_be_asked(&entries->list[first], end - first)) {
        walk_ranks(listing, range, entries, first, end);
        return;
    }
    for (int i = first; i < end; i++)
        add_text_entry(listing, &entries->list[i]);
}

static void write_float_label(struct string_builder *builder, lua_Number number) {
    string_builder_print(builder, "[");
    scalar_write_float(builder, number);
    string_builder_print(builder, "]");
}

static void write_label(struct string_builder *builder, const struct entry *entry) {
    size_t size = entry->size < LABEL_BYTES ? entry->size : LABEL_BYTES;
    if (entry->text != NULL && key_is_name(entry->text, size))
        string_builder_print(builder, "%.*s", (int)size, entry->text);
    else if (entry->text != NULL)
        string_builder_quote(builder, entry->text, entry->size, LABEL_BYTES);
    else if (entry->key.kind == KEY_INTEGER)
        string_builder_print(builder, "[%lld]", (long long)entry->key.integer);
    else if (entry->key.kind == KEY_FLOAT)
        write_float_label(builder, entry->key.number);
    else
        string_builder_print(builder, "[…]");
}

static void add_groups(struct listing *listing, const struct entries *entries) {
    for (int first = 0; first < entries->count; first += VARIABLE_PAGE) {
        int end = first + VARIABLE_PAGE;
        int last = (end < entries->count ? end : entries->count) - 1;
        struct reference part = part_of(listing, VIEW_GROUP);
        struct string_builder name = {0};
        char text[32];
        part.first = first;
        part.last = last;
        write_label(&name, &entries->list[first]);
        string_builder_print(&name, " … ");
        write_label(&name, &entries->list[last]);
        snprintf(text, sizeof text, "%d entries", last - first + 1);
        listing_add_group(listing, string_builder_text(&name), text, &part);
        string_builder_finish(&name);
    }
}

static bool is_range(const struct entries_range *range, const struct entries_range *other) {
    return range->portion == other->portion && range->items == other->items &&
           key_same(&range->after, &other->after);
}

/* Of the table on top of the stack: that of the request before, if it is the same. Without memory
   it has no entries. */
static const struct entries *sorted_piece(struct listing *listing,
                                          const struct entries_range *range) {
    struct sorted_piece *piece = &listing->stop->piece;
    lua_State *L = listing->stop->L;
    int table = lua_gettop(L);
    if (piece->table == lua_topointer(L, table) && is_range(&piece->range, range))
        return &piece->entries;
    stop_forget_piece(listing->stop);
    if (entries_collect(&piece->entries, L, table, range)) {
        piece->table = lua_topointer(L, table);
        piece->range = *range;
    } else {
        entries_finish(&piece->entries);
    }
    return &piece->entries;
}

void table_view_others(struct listing *listing) {
    struct entries_range range = range_of(listing);
    const struct entries *entries = sorted_piece(listing, &range);
    if (entries->count <= VARIABLE_PAGE)
        add_ranks(listing, &range, entries, 0, entries->count - 1);
    else
        add_groups(listing, entries);
    if (entries->more) {
        struct reference rest = part_of(listing, VIEW_OTHERS);
        rest.after = entries->last;
        listing_add_group(listing, "(more)", "more entries", &rest);
    }
}

void table_view_group(struct listing *listing) {
    struct entries_range range = range_of(listing);
    const struct entries *entries = sorted_piece(listing, &range);
    int first = (int)listing->reference.first, last = (int)listing->reference.last;
    add_ranks(listing, &range, entries, first, last);
}

void table_view_items(struct listing *listing) {
    struct reference group = part_of(listing, VIEW_ITEMS);
    listing_add_items(listing, listing->reference.first, listing->reference.last, &group, add_item);
}

void table_view_all(struct listing *listing) {
    lua_Integer items = (lua_Integer)lua_rawlen(listing->stop->L, -1);
    struct reference group = part_of(listing, VIEW_ITEMS);
    struct reference others = part_of(listing, VIEW_OTHERS);
    if (listing->filter != LISTING_NAMED)
        listing_add_items(listing, 1, items, &group, add_item);
    if (listing->filter == LISTING_INDEXED)
        return;
    if (items > LONG_SEQUENCE)
        listing_add_group(listing, "(other keys)", "beside the sequence", &others);
    else
        table_view_others(listing);
    tostring_view_add(listing);
    listing_add_metatable(listing);
}

void table_view_globals(struct listing *listing) {
    struct reference library = part_of(listing, VIEW_LIBRARY);
    listing->reference.portion = ENTRIES_USERS;
    table_view_others(listing);
    listing_add_group(listing, "(standard library)", "Lua's own functions and modules", &library);
    thread_view_add(listing);
    metatable_view_add(listing);
    listing_add_metatable(listing);
}

void table_view_library(struct listing *listing) {
    listing->reference.portion = ENTRIES_LIBRARY;
    table_view_others(listing);
}
