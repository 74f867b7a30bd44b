/* SPDX-License-Identifier: MIT */
/*
 * value_path: the way to a value: a local of a frame, the entry of a table to which another path
 * leads, and so on. It is followed afresh each time the value is wanted, so that nothing needs to
 * be kept.
 */
#ifndef LUAHEAT_INSPECT_VALUE_PATH_H
#define LUAHEAT_INSPECT_VALUE_PATH_H

#include "handles.h"
#include "key.h"

#include <stdbool.h>

struct console;
struct frames;

enum value_path_kind {
    VALUE_PATH_GLOBALS,    /* the table of globals */
    VALUE_PATH_FUNCTION,   /* the function of frame `of` */
    VALUE_PATH_LOCAL,      /* local n of frame `of`; n < 0: its vararg -n (as in lua_getlocal) */
    VALUE_PATH_ERROR,      /* the error that stopped the program */
    VALUE_PATH_THREAD,     /* the thread with id n, at key.object */
    VALUE_PATH_REGISTRY,   /* Lua's registry */
    VALUE_PATH_SHARED,     /* the metatable that all values of basic type n share */
    VALUE_PATH_KEPT,       /* result n of an evaluation (console.h) */
    VALUE_PATH_ENTRY,      /* entry `key` of the table that path `of` leads to */
    VALUE_PATH_METATABLE,  /* metatable of the value of path `of` */
    VALUE_PATH_UPVALUE,    /* upvalue n of the function of path `of` */
    VALUE_PATH_USER_VALUE, /* user value n of the userdata of path `of` */
};

struct value_path {
    enum value_path_kind kind;
    int of; /* a frame's id or another path's number */
    int n;
    struct key key;
};

/* Those that are remembered at a stop. */
struct value_paths {
    lua_State *L; /* the stopped thread */
    const struct frames *frames;
    const struct console *console;
    int near;  /* index of a key from which on the keys of tables are looked for (key.h); or 0 */
    int error; /* index of the error that stopped the program, on L's stack */
    struct handles items;
};

void value_paths_init(struct value_paths *paths, lua_State *L, const struct frames *frames,
                      const struct console *console);
void value_paths_finish(struct value_paths *paths);

/* Remembers the path until the stop ends. Its number; 0 if memory is out. */
int value_path_add(struct value_paths *paths, const struct value_path *path);

/* NULL: it is none. Valid until the next value_path_add. */
const struct value_path *value_path_find(const struct value_paths *paths, int number);

/* Pushes the value on the stopped thread's stack. If it is there no more (an evaluation has changed
   what leads to it) pushes nothing and returns false. Needs 3 slots. */
bool value_path_push(const struct value_paths *paths, int number);

/* Takes the value on top of the stopped thread's stack and puts it where the path leads, raw: no
   code of the program runs. False if there is nothing any more, or nothing that can be assigned to.
   Needs 4 slots. */
bool value_path_assign(const struct value_paths *paths, const struct value_path *path);

#endif
