/* SPDX-License-Identifier: MIT */
#include "ansi.h"

#include "stop.h"

/* SGR: the terminal's own colours, so that they suit its theme. */
static int colour_of(int type) {
    switch (type) {
    case LUA_TNIL:
        return 90; /* grey */
    case LUA_TBOOLEAN:
        return 34; /* blue */
    case LUA_TNUMBER:
        return 32; /* green */
    case LUA_TSTRING:
        return 33; /* yellow */
    case LUA_TFUNCTION:
        return 35; /* magenta */
    default:
        return 36; /* cyan: what can be unfolded, and threads */
    }
}

static bool can_be_typed_in(int type) {
    return type == LUA_TNIL || type == LUA_TBOOLEAN || type == LUA_TNUMBER || type == LUA_TSTRING;
}

void ansi_write(struct words *words, const struct stop *stop, lua_State *L, int index,
                const struct value_style *style) {
    int type = lua_type(L, index);
    bool coloured = stop->ansi && !style->whole && (style->console || !can_be_typed_in(type));
    if (coloured)
        words_print(words, "\x1b[%dm", colour_of(type));
    value_write(words, stop, L, index, style);
    if (coloured)
        words_print(words, "\x1b[0m");
}
