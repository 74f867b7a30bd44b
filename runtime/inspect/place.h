/* SPDX-License-Identifier: MIT */
/*
 * place: where a value is: a local of a frame, the entry of a table that is itself in some place,
 * and so on. A value is looked up again there each time it is wanted, so that nothing needs to be
 * kept.
 */
#ifndef LUAHEAT_INSPECT_PLACE_H
#define LUAHEAT_INSPECT_PLACE_H

#include "key.h"

#include <stdbool.h>

struct stop;

enum place_kind {
    PLACE_GLOBALS,    /* the table of globals */
    PLACE_FUNCTION,   /* the function of frame `of` */
    PLACE_LOCAL,      /* local n of frame `of`; n < 0: its vararg -n (as in lua_getlocal) */
    PLACE_ERROR,      /* the error that stopped the program */
    PLACE_THREAD,     /* the thread with id n, at key.object */
    PLACE_REGISTRY,   /* Lua's registry */
    PLACE_SHARED,     /* the metatable that all values of basic type n share */
    PLACE_KEPT,       /* result n of an evaluation (console.h) */
    PLACE_ENTRY,      /* entry `key` of the table in place `of` */
    PLACE_METATABLE,  /* metatable of the value in place `of` */
    PLACE_UPVALUE,    /* upvalue n of the function in place `of` */
    PLACE_USER_VALUE, /* user value n of the userdata in place `of` */
};

struct place {
    enum place_kind kind;
    int of; /* a frame's id or another place's number */
    int n;
    struct key key;
};

/* Remembers the place until the stop ends. Its number; 0 if memory is out. */
int place_add(struct stop *stop, const struct place *place);

/* Pushes the value on the stopped thread's stack. If the place is no more (an evaluation has
   changed what leads there) pushes nothing and returns false. Needs 3 slots. */
bool place_push(const struct stop *stop, int number);

/* Takes the value on top of the stopped thread's stack and puts it into the place, raw: no code of
   the program runs. False if the place is no more, or none that can be assigned to. Needs 4 slots.
 */
bool place_assign(const struct stop *stop, const struct place *place);

#endif
