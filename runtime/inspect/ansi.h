/* SPDX-License-Identifier: MIT */
/*
 * ansi: values in colour, for clients that have asked for it (supportsANSIStyling).
 *
 * Where a value can be edited, an editor starts from the text it shows, so what can be typed in
 * (nil, booleans, numbers, strings) stays plain there; in the console everything has a colour.
 */
#ifndef LUAHEAT_INSPECT_ANSI_H
#define LUAHEAT_INSPECT_ANSI_H

#include "value.h"

/* As value_write. */
void ansi_write(struct words *words, const struct stop *stop, lua_State *L, int index,
                const struct value_style *style);

#endif
