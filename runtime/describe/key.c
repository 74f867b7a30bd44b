/* SPDX-License-Identifier: MIT */
#include "key.h"

#include "scalar.h"

#include <string.h>

/* Longest literal for a string key. */
enum { LITERAL_BYTES = 200 };

struct key key_of_integer(lua_Integer integer) {
    return (struct key){.kind = KEY_INTEGER, .integer = integer};
}

struct key key_of(lua_State *L, int index) {
    int type = lua_type(L, index);
    if (type == LUA_TBOOLEAN)
        return (struct key){.kind = KEY_BOOLEAN, .boolean = lua_toboolean(L, index)};
    if (type != LUA_TNUMBER)
        return (struct key){.kind = KEY_OBJECT, .type = type, .object = lua_topointer(L, index)};
    if (lua_isinteger(L, index))
        return key_of_integer(lua_tointeger(L, index));
    return (struct key){.kind = KEY_FLOAT, .number = lua_tonumber(L, index)};
}

bool key_same(const struct key *one, const struct key *other) {
    if (one->kind != other->kind)
        return false;
    switch (one->kind) {
    case KEY_NONE:
        return true;
    case KEY_BOOLEAN:
        return one->boolean == other->boolean;
    case KEY_INTEGER:
        return one->integer == other->integer;
    case KEY_FLOAT:
        return one->number == other->number;
    case KEY_OBJECT:
        return one->object == other->object;
    }
    return false;
}

static bool is_object(lua_State *L, const struct key *key) {
    return lua_type(L, -1) == key->type && lua_topointer(L, -1) == key->object;
}

static bool push_object(lua_State *L, int table, const struct key *key) {
    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_pop(L, 1);
        if (is_object(L, key))
            return true;
    }
    return false;
}

/* Lua walks on from a key that is there only. */
static bool push_if_there(lua_State *L, int table, int key) {
    lua_pushvalue(L, key);
    lua_pushvalue(L, key);
    bool there = !lua_isnil(L, key) && lua_rawget(L, table) != LUA_TNIL;
    lua_pop(L, there ? 1 : 2);
    return there;
}

static bool push_object_near(lua_State *L, int table, const struct key *key, int near) {
    if (!push_if_there(L, table, near))
        return false;
    for (int i = 0; i < KEY_NEAR; i++) {
        if (is_object(L, key))
            return true;
        if (!lua_next(L, table))
            return false;
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return false;
}

bool key_push(lua_State *L, int table, const struct key *key) {
    if (key->kind == KEY_NONE)
        return false;
    if (key->kind == KEY_OBJECT)
        return push_object(L, table, key);
    if (key->kind == KEY_BOOLEAN)
        lua_pushboolean(L, key->boolean);
    else if (key->kind == KEY_INTEGER)
        lua_pushinteger(L, key->integer);
    else
        lua_pushnumber(L, key->number);
    lua_pushvalue(L, -1);
    bool there = lua_rawget(L, table) != LUA_TNIL;
    lua_pop(L, there ? 1 : 2);
    return there;
}

bool key_push_near(lua_State *L, int table, const struct key *key, int near) {
    if (key->kind == KEY_OBJECT && near != 0 && push_object_near(L, table, key, near))
        return true;
    return key_push(L, table, key);
}

static bool is_text(lua_State *L, int index, const char *text, size_t size) {
    if (lua_type(L, index) != LUA_TSTRING || lua_rawlen(L, index) != size)
        return false;
    return memcmp(lua_tostring(L, index), text, size) == 0;
}

bool key_push_text(lua_State *L, int table, const char *text, size_t size, size_t most) {
    size_t seen = 0;
    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_pop(L, 1);
        if (is_text(L, -1, text, size))
            return true;
        if (++seen == most) {
            lua_pop(L, 1);
            return false;
        }
    }
    return false;
}

/* lua_getfield looks the text up as Lua does that of a constant. */
void key_push_value_of_text(lua_State *L, int table, const char *text) {
    lua_getfield(L, table, text);
}

static bool is_reserved(const char *text, size_t size) {
    static const char *const reserved[] = {"and",   "break", "do",       "else", "elseif", "end",
                                           "false", "for",   "function", "goto", "if",     "in",
                                           "local", "nil",   "not",      "or",   "repeat", "return",
                                           "then",  "true",  "until",    "while"};
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (strlen(reserved[i]) == size && memcmp(reserved[i], text, size) == 0)
            return true;
    return false;
}

bool key_is_name(const char *text, size_t size) {
    if (size == 0 || size > LITERAL_BYTES || (text[0] >= '0' && text[0] <= '9'))
        return false;
    for (size_t i = 0; i < size; i++) {
        bool letter = (text[i] | 32) >= 'a' && (text[i] | 32) <= 'z';
        bool digit = text[i] >= '0' && text[i] <= '9';
        if (!letter && !digit && text[i] != '_')
            return false;
    }
    return !is_reserved(text, size);
}

static void write_object(struct string_builder *builder, lua_State *L, int index) {
    string_builder_print(builder, "%s: %p", lua_typename(L, lua_type(L, index)),
                         lua_topointer(L, index));
}

/* Of no string. */
static void write_bracketed(struct string_builder *builder, lua_State *L, int index) {
    string_builder_print(builder, "[");
    if (lua_type(L, index) == LUA_TBOOLEAN || lua_type(L, index) == LUA_TNUMBER)
        scalar_write(builder, L, index, false);
    else
        write_object(builder, L, index);
    string_builder_print(builder, "]");
}

/* False if it was cut. */
static bool write_quoted(struct string_builder *builder, const char *text, size_t size) {
    string_builder_print(builder, "[");
    bool whole = string_builder_quote(builder, text, size, LITERAL_BYTES);
    string_builder_print(builder, "]");
    return whole;
}

void key_write_name_of_text(struct string_builder *builder, const char *text, size_t size) {
    if (key_is_name(text, size))
        string_builder_print(builder, "%s", text);
    else
        write_quoted(builder, text, size);
}

void key_write_name(struct string_builder *builder, lua_State *L, int index) {
    if (lua_type(L, index) == LUA_TSTRING)
        key_write_name_of_text(builder, lua_tostring(L, index), lua_rawlen(L, index));
    else
        write_bracketed(builder, L, index);
}

/* Without a name that the program could hide. NaN is no key. */
static void write_float_index(struct string_builder *builder, lua_Number number) {
    string_builder_print(builder, "[");
    if (number - number == 0)
        scalar_write_float_source(builder, number);
    else
        string_builder_print(builder, number > 0 ? "1/0" : "-1/0");
    string_builder_print(builder, "]");
}

bool key_write_index_of_text(struct string_builder *builder, const char *text, size_t size) {
    if (!key_is_name(text, size))
        return write_quoted(builder, text, size);
    string_builder_print(builder, ".%s", text);
    return true;
}

bool key_write_index(struct string_builder *builder, lua_State *L, int index) {
    struct key key = key_of(L, index);
    if (lua_type(L, index) == LUA_TSTRING)
        return key_write_index_of_text(builder, lua_tostring(L, index), lua_rawlen(L, index));
    if (key.kind == KEY_FLOAT) {
        write_float_index(builder, key.number);
        return true;
    }
    if (key.kind == KEY_OBJECT)
        return false;
    write_bracketed(builder, L, index);
    return true;
}
