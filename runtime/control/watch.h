/* SPDX-License-Identifier: MIT */
/*
 * watch: a variable whose value is compared again and again while the program runs. It is reached
 * from a root by steps (fields, upvalues, ...) that are taken afresh each time: a table on the way
 * may be replaced, or be missing for a while, when the variable counts as nil. Values are compared
 * raw, as `rawequal` does, and fields are looked up raw, but for an __index that is a table.
 *
 * What it needs (keys, the root unless that is a frame's or the globals) is kept alive beside the
 * expressions; the value is not.
 */
#ifndef LUAHEAT_CONTROL_WATCH_H
#define LUAHEAT_CONTROL_WATCH_H

#include "activation.h"
#include "expressions.h"

/* The root. */
enum watch_kind {
    WATCH_PATH,  /* the globals; the steps are names: config.debug.level */
    WATCH_VALUE, /* a value that is kept */
    WATCH_LOCAL, /* n of a frame */
};

/* From a value to one inside of it. */
struct watch_step {
    enum watch_step_kind {
        WATCH_ENTRY, /* of a table; its key is kept in Lua */
        WATCH_METATABLE,
        WATCH_UPVALUE,    /* n */
        WATCH_USER_VALUE, /* n */
    } kind;
    int n;
};

/* A value as it was seen. */
struct watch_value {
    int type; /* LUA_TNONE: there was none */
    bool is_integer;
    union {
        bool boolean;
        lua_Integer integer;
        lua_Number number;
        const void *object;
    };
    size_t size; /* of a string */
    uint32_t hash;
    char *text; /* for the user */
};

struct watch {
    enum watch_kind kind;
    char *name;               /* for the user */
    char root, keys;          /* their addresses are keys of the expressions' table */
    struct watch_step *steps; /* of a path: NULL, as all are entries */
    int count;                /* of a path: 0 until its names are kept */
    char *local;              /* its name, */
    int n;                    /* its number in the frame */
    struct activation frame;  /* once it is gone there is nothing to be seen any more */
    struct watch_value seen;
};

/* Each gives NULL if memory is out. All but watch_path must be called between
   expressions_begin_work and expressions_end_work, and so must watch_add and watch_can_be. */

/* The root is on top of the coroutine's stack: taken from there. */
struct watch *watch_value(struct expressions *expressions, const char *name);

struct watch *watch_local(struct expressions *expressions, const char *name, const char *local,
                          lua_State *thread, const lua_Debug *frame, int level, int n);

/* path: names with dots. May be made before there is a state. */
struct watch *watch_path(const char *path);

/* Another step. The key of an entry is on top of the coroutine's stack: taken from there. False if
   memory is out. */
bool watch_add(struct watch *watch, struct expressions *expressions, struct watch_step step);

/* If the variable is a field (not of a watch_path): is there a table now that it could be in? */
bool watch_can_be(struct watch *watch, struct expressions *expressions);

/* Forgets what it keeps, too. */
void watch_destroy(struct watch *watch, struct expressions *expressions);

/* Looks at the value. True if it is another than last time: then *old is what it was (the caller's
   to free(); NULL: it has not been looked at before). L is the running thread. */
bool watch_look(struct watch *watch, struct expressions *expressions, lua_State *L, char **old);

/* To be told of each call, tail call and return in the hook of any thread, if there is a watch of a
   local. True if the watch is gone by that. */
bool watch_follow(struct watch *watch, const lua_State *L, const lua_Debug *event);

/* Is this a path of names (a.b.c)? */
bool watch_is_path(const char *text);

#endif
