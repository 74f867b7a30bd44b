/* SPDX-License-Identifier: MIT */
/*
 * value: how a Lua value reads. Raw access only; nothing is allocated in Lua's heap and numbers are
 * never converted in place. Needs VALUE_SLOTS free stack slots.
 */
#ifndef LUAHEAT_DESCRIBE_VALUE_H
#define LUAHEAT_DESCRIBE_VALUE_H

#include "coroutine.h"
#include "string_builder.h"

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

enum { VALUE_SLOTS = 6 };

struct value_style {
    bool hex;     /* integers in base 16 */
    bool whole;   /* to be taken along: strings in full, up to VALUE_WHOLE_BYTES, and floats with
                     all their digits */
    bool console; /* to be read, never edited: strings up to VALUE_CONSOLE_BYTES */
};

/* A string's literal is never longer: twice as much, as JSON, has to fit into a message of the
   link, and a console can show less. Without `whole` and `console` it is short enough for one line.
   What is cut is told, with the size of the string. */
enum { VALUE_WHOLE_BYTES = 16 << 20, VALUE_CONSOLE_BYTES = 1 << 20 };

/* One line: 12, 1.5, "text" (as a literal), {1, 2, name="x", …}, function (file.lua:12), FILE*:
 * 0x... */
void value_write(struct string_builder *builder, const struct coroutines *coroutines, lua_State *L,
                 int index, const struct value_style *style);

/* The same in the colour of its type, as a terminal does it (SGR). For clients that have asked for
   it and only in a console: elsewhere an editor edits, compares and writes beside lines the text it
   is given, and shows the codes of colours as they are. */
void value_write_coloured(struct string_builder *builder, const struct coroutines *coroutines,
                          lua_State *L, int index, const struct value_style *style);

/* "integer" and "float" apart, else Lua's own name of the type. */
const char *value_type(lua_State *L, int index);

/* Is there something to unfold? */
bool value_has_children(lua_State *L, int index);

/* Is it the table of globals? */
bool value_is_globals(lua_State *L, int index);

#endif
