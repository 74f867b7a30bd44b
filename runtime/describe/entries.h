/* SPDX-License-Identifier: MIT */
/*
 * entries: what a table holds beside its sequence (items 1 to n), in an order for people: numbers,
 * strings, booleans, then other keys by type and address.
 *
 * A table may be huge, and Lua can only walk it in its own order. So it is taken in pieces of
 * ENTRIES_PIECE entries of that order, and each piece is sorted in itself: a table that fits into
 * one piece is sorted as a whole, and the first piece of any table costs the same.
 */
#ifndef LUAHEAT_DESCRIBE_ENTRIES_H
#define LUAHEAT_DESCRIBE_ENTRIES_H

#include "key.h"

#include <stdbool.h>
#include <stdint.h>

enum { ENTRIES_PIECE = 2000 };

enum entries_portion {
    ENTRIES_ALL,
    ENTRIES_USERS,   /* of the globals: the user's */
    ENTRIES_LIBRARY, /* of the globals: Lua's own */
};

/* Which entries of a table. */
struct entries_range {
    enum entries_portion portion;
    lua_Integer items; /* n: keys 1 to n are in the sequence and not wanted */
    struct key after;  /* begin behind this key of the table's order; KEY_NONE: at the beginning */
    int near;          /* the index where such a key stays for the next walk, which then need not
                          look for it from the beginning; 0: none */
};

struct entry {
    struct key key;
    const char *text; /* of a string key: its bytes, alive as long as the table is not changed */
    size_t size;
    uint64_t lead; /* its first bytes behind those that the keys of all entries begin with */
    int rank;      /* of its kind of key, by which they are sorted first */
    int ordinal;   /* its place in the table's order, among those wanted */
};

struct entries {
    struct entry *list; /* sorted */
    int count;
    bool more;       /* the table goes on */
    struct key last; /* in the table's order: where the next piece begins */
};

/* Collects a piece. False if `after` is no more in the table, or memory is out. End with
   entries_finish() either way. Needs 3 slots. */
bool entries_collect(struct entries *entries, lua_State *L, int table,
                     const struct entries_range *range);
void entries_finish(struct entries *entries);

/* The same walk, to get at the values: pushes what entries_next needs to find the first. */
bool entries_start(lua_State *L, int table, const struct entries_range *range);

/* As lua_next, with only the wanted entries. */
bool entries_next(lua_State *L, int table, const struct entries_range *range);

#endif
