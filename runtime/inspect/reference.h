/* SPDX-License-Identifier: MIT */
/*
 * reference: something that can be unfolded, behind DAP's variablesReference: a value, or a way to
 * look at a part of it.
 */
#ifndef LUAHEAT_INSPECT_REFERENCE_H
#define LUAHEAT_INSPECT_REFERENCE_H

#include "entries.h"
#include "handles.h"
#include "inspect.h"

enum view {
    VIEW_ERROR,      /* the error that stopped the program */
    VIEW_LOCALS,     /* of the frame */
    VIEW_VARARGS,    /* of the frame */
    VIEW_UPVALUES,   /* of the frame's function, which is at the path */
    VIEW_GLOBALS,    /* the table at the path, with Lua's own library folded away */
    VIEW_LIBRARY,    /* that library */
    VIEW_VALUE,      /* all there is in the value at the path */
    VIEW_ITEMS,      /* of a table: items first to last of its sequence */
    VIEW_OTHERS,     /* of a table: what is not in its sequence, after a key */
    VIEW_GROUP,      /* of those: ranks first to last when sorted, counted from 0 */
    VIEW_FRAMES,     /* of the thread at the path: frames first to last */
    VIEW_COROUTINES, /* those alive: first to last of them */
    VIEW_METATABLES, /* of the types made in C, and of the basic types */
    VIEW_RESULTS,    /* of an evaluation: those kept as numbers first to last */
    VIEW_TOSTRING,   /* what __tostring says of the value at the path: runs code */
    VIEW_SIZE,       /* of the value at the path: walks the heap */
};

struct reference {
    enum view view;
    int frame;
    int path;                     /* number of the path to the value */
    enum entries_portion portion; /* OTHERS, GROUP */
    struct key after;             /* OTHERS, GROUP: KEY_NONE: from the beginning */
    lua_Integer first, last;      /* ITEMS, VARARGS, GROUP, FRAMES, COROUTINES; 0, 0: all */
    const char *expression;       /* Lua code for the value; NULL: there is none */
    bool elsewhere;   /* LOCALS, VARARGS: of a frame of another thread, where a client does not
                         evaluate. The expression then is a call of debug.getlocal without its last
                         argument, */
    int reached_from; /* to be evaluated in this frame; 0: none */
};

/* Those that a client has been given at a stop. */
struct references {
    struct handles items;
};

/* `last`: what references_finish has returned at the stop before; 0 at first. */
void references_init(struct references *references, int last);
int references_finish(struct references *references);

/* Its number, which is DAP's variablesReference; 0 if memory is out. The expression is copied. */
int reference_add(struct references *references, const struct reference *reference);

/* The reference that a number stands for; a copy, as more may be added meanwhile. False with the
   problem told if it is of an earlier stop, or none. */
bool reference_find(const struct references *references, int number, struct reference *reference,
                    struct inspect_problem *problem);

/* The same for the argument variablesReference. */
bool reference_asked(const struct references *references, const cJSON *arguments,
                     struct reference *reference, struct inspect_problem *problem);

#endif
