/* SPDX-License-Identifier: MIT */
/*
 * harmless: functions of Lua's own libraries that end at once, run nothing and change nothing:
 * whoever calls one once too often has done no harm. But for an error they take no memory, and do
 * not run the collector either, if those that answer a text, which Lua makes anew, are stood in
 * for.
 */
#ifndef LUAHEAT_EVALUATE_HARMLESS_H
#define LUAHEAT_EVALUATE_HARMLESS_H

enum harmless {
    HARMLESS_NOT,
    HARMLESS_TYPE, /* answers a text */
    HARMLESS_MATH_TYPE,
    HARMLESS_LEN, /* makes a text of a number first */
    HARMLESS_OTHER
};

/* Which of them? The function as lua_topointer has it. */
enum harmless harmless_which(const void *function);

/* To be called once before that is asked. Memory may be out: then it is said of none. */
void harmless_find(void);

#endif
