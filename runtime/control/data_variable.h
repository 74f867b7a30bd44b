/* SPDX-License-Identifier: MIT */
/*
 * data_variable: the variable of a data breakpoint, whose value is compared again and again while
 * the program runs. It is reached from a root by steps (fields, upvalues, ...) that are taken
 * afresh each time: a table on the way may be replaced, or be missing for a while, when the
 * variable counts as nil. Values are compared raw, as `rawequal` does, and fields are looked up
 * raw, but for an
 * __index that is a table.
 *
 * What it needs (keys, the root unless that is a frame's or the globals) is kept alive beside the
 * expressions; the value is not.
 */
#ifndef LUAHEAT_CONTROL_DATA_VARIABLE_H
#define LUAHEAT_CONTROL_DATA_VARIABLE_H

#include "activation.h"

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct expressions;

/* The root. */
enum data_variable_root {
    DATA_VARIABLE_GLOBAL, /* the globals; the steps are those of a chain: config.list[3] */
    DATA_VARIABLE_VALUE,  /* a value that is kept */
    DATA_VARIABLE_LOCAL,  /* n of a frame */
};

/* From a value to one inside of it. */
struct data_variable_step {
    enum data_variable_step_kind {
        DATA_VARIABLE_ENTRY, /* of a table; its key is kept in Lua */
        DATA_VARIABLE_METATABLE,
        DATA_VARIABLE_UPVALUE,    /* n */
        DATA_VARIABLE_USER_VALUE, /* n */
    } kind;
    int n;
};

/* A value as it was seen. */
struct data_variable_seen {
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

struct data_variable {
    enum data_variable_root kind;
    char *name;                       /* for the user */
    char root, keys;                  /* their addresses are keys of the expressions' table */
    struct data_variable_step *steps; /* of a chain: NULL, as all are entries */
    int count;                        /* of a chain: 0 until its keys are kept */
    char *local;                      /* its name, */
    int n;                            /* its number in the frame */
    struct activation frame;          /* once it is gone there is nothing to be seen any more */
    struct data_variable_seen seen;
};

/* Each gives NULL if memory is out. All but data_variable_of_chain must be called between
   expressions_begin_work and expressions_end_work, and so must data_variable_add and
   data_variable_can_be. */

/* The root is on top of the coroutine's stack: taken from there. */
struct data_variable *data_variable_of_value(struct expressions *expressions, const char *name);

struct data_variable *data_variable_of_local(struct expressions *expressions, const char *name,
                                             const char *local, lua_State *thread,
                                             const lua_Debug *frame, int level, int n);

/* From the globals. May be made before there is a state. */
struct data_variable *data_variable_of_chain(const char *chain);

/* Is the text a chain (chain.h) whose keys are all literals? */
bool data_variable_is_chain(const char *text);

/* Another step. The key of an entry is on top of the coroutine's stack: taken from there. False if
   memory is out. */
bool data_variable_add(struct data_variable *variable, struct expressions *expressions,
                       struct data_variable_step step);

/* If the variable is a field (not one of a chain): is there a table now that it could be in? */
bool data_variable_can_be(struct data_variable *variable, struct expressions *expressions);

/* Forgets what it keeps, too. */
void data_variable_destroy(struct data_variable *variable, struct expressions *expressions);

/* Looks at the value. True if it is another than last time: then *old is what it was (the caller's
   to free(); NULL: it has not been looked at before). L is the running thread. */
bool data_variable_look(struct data_variable *variable, struct expressions *expressions,
                        lua_State *L, char **old);

/* To be told of each call, tail call and return in the hook of any thread, if there is one of a
   local. True if it is gone by that. */
bool data_variable_follow(struct data_variable *variable, const lua_State *L,
                          const lua_Debug *event);

#endif
