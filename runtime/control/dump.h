/* SPDX-License-Identifier: MIT */
/*
 * dump: what lua_dump tells of functions that lua_getinfo does not: the line of each instruction,
 * and the instructions, also of functions in a function.
 */
#ifndef LUAHEAT_CONTROL_DUMP_H
#define LUAHEAT_CONTROL_DUMP_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A function of a dump, while it is visited. */
struct dump_function {
    int depth; /* 0: the one that was dumped; 1: in that one; ... */
    int linedefined;
    bool vararg;
    const unsigned char *code; /* `count` instructions of 4 bytes, which need not be aligned */
    const int *lines;          /* of each instruction */
    size_t count;              /* 0 if it was stripped of its lines */
};

/* Goes on unless it returns false. */
typedef bool dump_visit(void *data, const struct dump_function *function);

/* Visits the Lua function on top of the stack, after those in it. Nothing is allocated in its heap.
   0; -ENOMEM, also if the visitor does not go on. */
int dump_read(lua_State *L, dump_visit *visit, void *data);

#endif
