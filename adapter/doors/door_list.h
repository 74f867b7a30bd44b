/* SPDX-License-Identifier: MIT */
/*
 * door_list: the doors of programs (link/doors.h), as they stand in the folder now. What is left of
 * programs that have ended is removed.
 */
#ifndef LUAHEAT_DOORS_DOOR_LIST_H
#define LUAHEAT_DOORS_DOOR_LIST_H

#include <stdbool.h>
#include <stddef.h>

/* What a program says of itself: valid UTF-8; "" what it does not say. */
struct door {
    int pid;
    char *name;    /* which its own code has given it */
    char *program; /* the path of its executable */
    char *cwd;
    char *lua;      /* "Lua 5.4.4" */
    char *socket;   /* its path; never "" */
    bool suspended; /* it does nothing but wait for a debugger */
};

/* All zero: there are none. In the order of pid, then of socket. */
struct door_list {
    struct door *items;
    size_t count, room;
};

/* 0, also if there is no folder; -EPERM: it is not ours alone, so what lies there is not read; or
   another negative errno. Finish it either way. */
int door_list_read(struct door_list *list);
void door_list_finish(struct door_list *list);

/* The first that has all that this one has (pid 0, NULL: any will do); NULL: there is none. */
const struct door *door_list_find(const struct door_list *list, const struct door *like);

#endif
