/* SPDX-License-Identifier: MIT */
#include "value_source.h"

#include "entries.h"
#include "key.h"
#include "scalar.h"
#include "value.h"

#include <lauxlib.h>
#include <string.h>

enum {
    MOST_DEPTH = 50,
    MOST_BYTES = VALUE_WHOLE_BYTES, /* after so many no more entries are written */
    SLOTS = 8                       /* for one table */
};

struct writer {
    struct string_builder *builder;
    const struct coroutines *coroutines;
    lua_State *L;
    const void *above[MOST_DEPTH]; /* the tables around */
    int depth;
};

static void write_value(struct writer *writer);

/* "]]" would end the comment. */
static void write_comment(struct writer *writer, const char *text) {
    string_builder_print(writer->builder, "nil --[[");
    for (const char *end; (end = strstr(text, "]]")) != NULL; text = end + 1)
        string_builder_print(writer->builder, "%.*s] ", (int)(end - text), text);
    string_builder_print(writer->builder, "%s", text);
    string_builder_print(writer->builder, "]]");
}

static void write_string(struct writer *writer) {
    lua_State *L = writer->L;
    size_t used = writer->builder->size, room = used < MOST_BYTES ? MOST_BYTES - used : 0;
    if (!string_builder_quote(writer->builder, lua_tostring(L, -1), lua_rawlen(L, -1), room))
        string_builder_print(writer->builder, " --[[ %zu bytes ]]", (size_t)lua_rawlen(L, -1));
}

static void write_unsayable(struct writer *writer) {
    struct string_builder text = {0};
    value_write(&text, writer->coroutines, writer->L, -1, &(struct value_style){0});
    write_comment(writer, string_builder_text(&text));
    string_builder_finish(&text);
}

static void write_number(struct writer *writer) {
    if (!lua_isinteger(writer->L, -1))
        scalar_write_float_source(writer->builder, lua_tonumber(writer->L, -1));
    else if (lua_tointeger(writer->L, -1) == LUA_MININTEGER) /* its digits would be a float */
        string_builder_print(writer->builder, "math.mininteger");
    else
        string_builder_print(writer->builder, LUA_INTEGER_FMT,
                             (LUAI_UACINT)lua_tointeger(writer->L, -1));
}

static void begin_entry(struct writer *writer) {
    string_builder_print(writer->builder, "\n%*s", writer->depth * 2, "");
}

static bool is_full(const struct writer *writer) {
    return writer->builder->size > MOST_BYTES;
}

/* Items 1 to n. */
static void write_items(struct writer *writer, lua_Integer n) {
    for (lua_Integer i = 1; i <= n && !is_full(writer); i++) {
        begin_entry(writer);
        lua_rawgeti(writer->L, -1, i);
        write_value(writer);
        lua_pop(writer->L, 1);
        string_builder_print(writer->builder, ",");
    }
}

/* Pushes the key. */
static bool push_key(lua_State *L, const struct entry *entry) {
    if (entry->text == NULL)
        return key_push(L, lua_gettop(L), &entry->key);
    lua_pushlstring(L, entry->text, entry->size);
    return true;
}

static void write_key(struct writer *writer) {
    lua_State *L = writer->L;
    bool is_text = lua_type(L, -1) == LUA_TSTRING;
    if (is_text && key_is_name(lua_tostring(L, -1), lua_rawlen(L, -1))) {
        string_builder_print(writer->builder, "%s = ", lua_tostring(L, -1));
        return;
    }
    string_builder_print(writer->builder, "[");
    write_value(writer);
    string_builder_print(writer->builder, "] = ");
}

static bool can_be_key(lua_State *L) {
    int type = lua_type(L, -1);
    return type == LUA_TSTRING || type == LUA_TNUMBER || type == LUA_TBOOLEAN;
}

/* The entry on top of the stack, key below value; pops the value. */
static void write_entry(struct writer *writer) {
    lua_State *L = writer->L;
    begin_entry(writer);
    lua_insert(L, -2); /* value, key */
    bool sayable = can_be_key(L);
    if (sayable)
        write_key(writer);
    else
        string_builder_print(writer->builder, "-- [%s: %p]", luaL_typename(L, -1),
                             lua_topointer(L, -1));
    lua_insert(L, -2);
    if (sayable) {
        write_value(writer);
        string_builder_print(writer->builder, ",");
    }
    lua_pop(L, 1);
}

/* As many as are sorted at once. The rest begins behind `range`. False: there is none. */
static bool write_sorted(struct writer *writer, struct entries_range *range) {
    lua_State *L = writer->L;
    struct entries entries;
    int table = lua_gettop(L);
    bool collected = entries_collect(&entries, L, table, range);
    for (int i = 0; collected && i < entries.count && !is_full(writer); i++) {
        if (!push_key(L, &entries.list[i]))
            continue;
        lua_pushvalue(L, -1);
        lua_rawget(L, table);
        write_entry(writer);
        lua_pop(L, 1);
    }
    range->after = entries.last;
    bool more = collected && entries.more;
    entries_finish(&entries);
    return more;
}

static void write_others(struct writer *writer, lua_Integer items) {
    lua_State *L = writer->L;
    struct entries_range range = {.portion = ENTRIES_ALL, .items = items};
    int table = lua_gettop(L);
    if (!write_sorted(writer, &range) || !entries_start(L, table, &range))
        return;
    while (!is_full(writer) && entries_next(L, table, &range))
        write_entry(writer);
    lua_settop(L, table);
}

static bool is_above(const struct writer *writer, const void *table) {
    for (int i = 0; i < writer->depth; i++)
        if (writer->above[i] == table)
            return true;
    return false;
}

static void write_table(struct writer *writer) {
    lua_State *L = writer->L;
    const void *table = lua_topointer(L, -1);
    if (is_above(writer, table)) {
        write_comment(writer, "a table that this is inside");
        return;
    }
    if (writer->depth == MOST_DEPTH || !lua_checkstack(L, SLOTS)) {
        write_comment(writer, "too deep");
        return;
    }
    size_t start = writer->builder->size + 1;
    lua_Integer items = (lua_Integer)lua_rawlen(L, -1);
    writer->above[writer->depth++] = table;
    string_builder_print(writer->builder, "{");
    write_items(writer, items);
    write_others(writer, items);
    writer->depth--;
    if (is_full(writer))
        string_builder_print(writer->builder, " --[[ and more ]]");
    if (writer->builder->size > start)
        begin_entry(writer);
    string_builder_print(writer->builder, "}");
}

static void write_value(struct writer *writer) {
    lua_State *L = writer->L;
    switch (lua_type(L, -1)) {
    case LUA_TTABLE:
        write_table(writer);
        break;
    case LUA_TNUMBER:
        write_number(writer);
        break;
    case LUA_TSTRING:
        write_string(writer);
        break;
    case LUA_TNIL:
    case LUA_TBOOLEAN:
        scalar_write(writer->builder, L, -1, false);
        break;
    default:
        write_unsayable(writer);
    }
}

void value_source_write(struct string_builder *builder, const struct coroutines *coroutines,
                        lua_State *co) {
    struct writer writer = {.builder = builder, .coroutines = coroutines, .L = co};
    luaL_checkstack(co, SLOTS, NULL);
    write_value(&writer);
}
