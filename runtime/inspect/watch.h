/* SPDX-License-Identifier: MIT */
/*
 * watch: a variable whose value is compared again and again while the program runs: a field, a
 * local, an upvalue, or what a path of names leads to from the globals. Values are compared raw, as
 * `rawequal` does.
 *
 * What it needs (a table, a key, a function) is kept alive beside the snippets; the value is not.
 */
#ifndef LUAHEAT_INSPECT_WATCH_H
#define LUAHEAT_INSPECT_WATCH_H

#include "activation.h"
#include "snippets.h"

enum watch_kind {
    WATCH_PATH,    /* names from the globals on, looked up afresh each time: config.debug.level */
    WATCH_FIELD,   /* of a table */
    WATCH_UPVALUE, /* n of a function */
    WATCH_LOCAL,   /* n of a frame */
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
    char *name;              /* for the user */
    char container, key;     /* their addresses are keys of the snippets' table */
    int n;                   /* of an upvalue or a local; the number of names of a path */
    struct activation frame; /* of a local; once it is gone there is nothing to be seen any more */
    struct watch_value seen;
};

/* Each takes what is on top of the coroutine's stack. NULL if memory is out. They must be called
   between snippets_begin_work and snippets_end_work. */
struct watch *watch_field(struct snippets *snippets, const char *name);          /* table, key */
struct watch *watch_upvalue(struct snippets *snippets, const char *name, int n); /* function */

/* Takes nothing. */
struct watch *watch_local(struct snippets *snippets, const char *name, lua_State *thread,
                          const lua_Debug *frame, int level, int n);

/* path: names with dots. May be made before there is a state. */
struct watch *watch_path(const char *path);

/* Forgets what it keeps, too. */
void watch_destroy(struct watch *watch, struct snippets *snippets);

/* Looks at the value. True if it is another than last time: then *old is what it was (the caller's
   to free(); NULL: it has not been looked at before). L is the running thread. */
bool watch_look(struct watch *watch, struct snippets *snippets, lua_State *L, char **old);

/* To be told of each call, tail call and return in the hook of any thread, if there is a watch of a
   local. True if the watch is gone by that. */
bool watch_follow(struct watch *watch, const lua_State *L, const lua_Debug *event);

/* Is this a path of names (a.b.c)? */
bool watch_is_path(const char *text);

#endif
