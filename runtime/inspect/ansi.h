/* SPDX-License-Identifier: MIT */
/*
 * ansi: values in colour, for clients that have asked for it (supportsANSIStyling).
 *
 * Only in the console: elsewhere an editor edits, compares and writes beside lines the text it is
 * given, and shows the codes of colours as they are.
 */
#ifndef LUAHEAT_INSPECT_ANSI_H
#define LUAHEAT_INSPECT_ANSI_H

#include "value.h"

/* As value_write. */
void ansi_write(struct string_builder *builder, const struct stop *stop, lua_State *L, int index,
                const struct value_style *style);

#endif
