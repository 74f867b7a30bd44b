/* SPDX-License-Identifier: MIT */
/*
 * data_requests: data breakpoints, as a client asks for them and is told of them.
 */
#ifndef LUAHEAT_SERVE_DATA_REQUESTS_H
#define LUAHEAT_SERVE_DATA_REQUESTS_H

#include "data_breakpoints.h"

struct server;

/* The debugger's on_frame; data: the server. */
void data_requests_on_frame(void *data, lua_State *L, lua_Debug *event);

/* Its variable is no more. */
void data_requests_tell_gone(struct server *server, struct data_breakpoint *breakpoint);

#endif
