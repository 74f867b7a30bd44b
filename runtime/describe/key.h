/* SPDX-License-Identifier: MIT */
/*
 * key: a key of a table, remembered outside Lua. An object is known by its address only, and found
 * again by walking the table: so nothing has to be kept in the program's heap or on its stack.
 *
 * All access is raw. Positions are lua_State's indices; `table` is an absolute one.
 */
#ifndef LUAHEAT_DESCRIBE_KEY_H
#define LUAHEAT_DESCRIBE_KEY_H

#include "string_builder.h"

#include <lua.h>
#include <stdbool.h>

enum key_kind { KEY_NONE, KEY_BOOLEAN, KEY_INTEGER, KEY_FLOAT, KEY_OBJECT };

/* All zero: no key. */
struct key {
    enum key_kind kind;
    int type; /* of an object: LUA_TSTRING, ... */
    union {
        bool boolean;
        lua_Integer integer;
        lua_Number number;
        const void *object; /* lua_topointer */
    };
};

struct key key_of(lua_State *L, int index);
struct key key_of_integer(lua_Integer integer);

bool key_same(const struct key *one, const struct key *other);

/* Pushes the key, if the table has it; else pushes nothing and returns false. Needs 2 slots. */
bool key_push(lua_State *L, int table, const struct key *key);

/* The same. An object is looked for first from the key on that is at index `near` (none if that is
   0, or holds nil), as far as KEY_NEAR entries. */
enum { KEY_NEAR = 4000 };
bool key_push_near(lua_State *L, int table, const struct key *key, int near);

/* The same for a string key, by its bytes; looks at no more than `most` entries (0: at all). */
bool key_push_text(lua_State *L, int table, const char *text, size_t size, size_t most);

/* Pushes the value of a string key that the table has, by its bytes, which end with the only zero:
   at once, and the string is neither made nor pushed, which might let the collector run. It is one
   that equal strings share (layout.h). */
void key_push_value_of_text(lua_State *L, int table, const char *text);

/* What to call the key in a list: name, ["odd name"], [1], [2.5], [true], [table: 0x...]. */
void key_write_name(struct string_builder *builder, lua_State *L, int index);
void key_write_name_of_text(struct string_builder *builder, const char *text, size_t size);

/* Appends what makes Lua look the key up: .name, ["odd name"], [1]. False, with nothing to be
   relied on appended, if Lua code cannot say it. */
bool key_write_index(struct string_builder *builder, lua_State *L, int index);
bool key_write_index_of_text(struct string_builder *builder, const char *text, size_t size);

/* Can it be a variable's name? */
bool key_is_name(const char *text, size_t size);

#endif
