/* SPDX-License-Identifier: MIT */
/*
 * data_breakpoints: variables that stop the program when they change. A client first asks what can
 * be watched and gets a dataId; those that are no path of names stand for a watch of this session,
 * which is kept as long as a client may come back to it.
 */
#ifndef LUAHEAT_SERVE_DATA_BREAKPOINTS_H
#define LUAHEAT_SERVE_DATA_BREAKPOINTS_H

#include "terms.h"
#include "watch.h"

#include <stddef.h>

struct server;

struct data_breakpoint {
    int id;              /* the adapter's */
    struct watch *watch; /* NULL: refused. A path's is its own, others are in `known` */
    char *message;
    struct terms terms;
};

struct data_breakpoints {
    struct data_breakpoint *list;
    size_t count;
    struct watch **known; /* dataId "watch:N" is known[N - 1] */
    size_t known_count;
};

void data_breakpoints_finish(struct data_breakpoints *data);

/* The debugger's on_frame; data: the server. */
void data_breakpoints_on_frame(void *data, lua_State *L, lua_Debug *event);

/* Its variable is no more. */
void data_breakpoints_tell_gone(struct server *server, struct data_breakpoint *breakpoint);

#endif
