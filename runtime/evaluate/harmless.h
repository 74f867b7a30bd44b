/* SPDX-License-Identifier: MIT */
/*
 * harmless: functions of Lua's own libraries that end at once, run nothing and change nothing:
 * whoever calls one once too often has done no harm. At most they make a short string.
 */
#ifndef LUAHEAT_EVALUATE_HARMLESS_H
#define LUAHEAT_EVALUATE_HARMLESS_H

#include <stdbool.h>

/* Is it one of them? The function as lua_topointer has it. */
bool harmless_is(const void *function);

/* To be called once before that is asked. Memory may be out: then it is said of none. */
void harmless_find(void);

#endif
