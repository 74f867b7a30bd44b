/* SPDX-License-Identifier: MIT */
/*
 * layout: where the block of a Lua value is and how large, for values that were there before
 * anybody watched the allocator. No release tells; it is found out by trying, in a scratch state of
 * the liblua that is loaded.
 */
#ifndef LUAHEAT_ACCOUNT_LAYOUT_H
#define LUAHEAT_ACCOUNT_LAYOUT_H

#include "figures.h"

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

/* The string table's first block, 128 pointers: MINSTRTABSIZE of every Lua 5.4. */
#define STRING_TABLE_BYTES (128 * sizeof(void *))

/* In bytes. */
struct layout {
    size_t thread[2]; /* the main thread's block, with what its state has but once; a coroutine's */
    size_t stack; /* how far into a thread's block the address of its stack stands; 0: unknown */
    size_t stack_end; /* and where that ends, but for some slots more; 0: unknown */
    size_t strings;   /* and that of the string table into the main thread's; 0: unknown */
    size_t text;      /* how far into a string's block its text stands */
    size_t shared;    /* bytes of text up to which equal strings are one */
    size_t table, upvalue;
    size_t array, nodes;  /* how far into a table's block the addresses of its parts stand */
    const void *no_nodes; /* what stands there of a table without nodes, which is no block */
    size_t limit;         /* how far into it the number of its array's slots stands; 0: unknown */
    size_t hint;       /* and the byte whose bit 7 says that this is a hint only: the next power of
                          two is right then */
    size_t log_nodes;  /* and the byte that has the logarithm of the number of its nodes */
    size_t slot, node; /* bytes of each */
    size_t lua_function[3], c_function[3]; /* with none, one, two upvalues; of Lua's none is 0 */
    size_t userdata[3]; /* how far its memory stands into it: with none, one, two user values */
};

struct layout_block {
    const void *address;
    size_t size;
    enum figures_kind kind;
};

/* The same in every state of the process, and measured once. NULL: memory is out. */
const struct layout *layout_measured(void);

/* Lua's tag of a new block, lua_Alloc's osize, as a kind. Upvalues and prototypes have internal
   tags just above the last public type; anything else is a buffer. */
static inline enum figures_kind layout_kind(size_t tag) {
    switch (tag) {
    case LUA_TSTRING:
        return FIGURES_STRING;
    case LUA_TTABLE:
        return FIGURES_TABLE;
    case LUA_TFUNCTION:
        return FIGURES_FUNCTION;
    case LUA_TUSERDATA:
        return FIGURES_USERDATA;
    case LUA_TTHREAD:
        return FIGURES_THREAD;
    case LUA_NUMTYPES:
        return FIGURES_UPVALUE;
    case LUA_NUMTYPES + 1:
        return FIGURES_PROTO;
    default:
        return FIGURES_BUFFER;
    }
}

/* A value that is a table, a full userdata, a thread, a string, or a function that is no light one.
   Needs 2 free slots of L, and allocates nothing. */
struct layout_block layout_of(const struct layout *layout, lua_State *L, int index);

/* The upvalue number n of a Lua function, which may be that of others, too. No address: it is a C
   function's, or there is none. */
struct layout_block layout_of_upvalue(const struct layout *layout, lua_State *L, int function,
                                      int n);

/* The array and the hash part of a table; NULL: it has none. A size of 0: unknown. */
struct layout_table_parts {
    const void *array, *nodes;
    size_t array_bytes, nodes_bytes;
};
struct layout_table_parts layout_table_parts(const struct layout *layout, const void *table);

/* The address of a thread's stack, and of the string table; NULL: unknown. */
const void *layout_stack(const struct layout *layout, const lua_State *L);
size_t layout_stack_bytes(const struct layout *layout, const lua_State *L); /* 0: unknown */
const void *layout_strings(const struct layout *layout, const lua_State *main);

#endif
