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

void ansi_write(struct string_builder *builder, const struct stop *stop, lua_State *L, int index,
                const struct value_style *style) {
    bool coloured = stop->ansi && style->console && !style->whole;
    if (coloured)
        string_builder_print(builder, "\x1b[%dm", colour_of(lua_type(L, index)));
    value_write(builder, stop, L, index, style);
    if (coloured)
        string_builder_print(builder, "\x1b[0m");
}
