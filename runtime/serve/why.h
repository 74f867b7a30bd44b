/* SPDX-License-Identifier: MIT */
/*
 * why: who holds what a line has allocated, the member "why" of what is told (telling.h).
 */
#ifndef LUAHEAT_SERVE_WHY_H
#define LUAHEAT_SERVE_WHY_H

#include <cjson/cJSON.h>
#include <lua.h>

struct server;

/* {"path", "line"} */
void why_set(struct server *server, const cJSON *asked);

/* As luaheat/retainers answers, without holders; the caller's to delete. NULL: memory is out. */
cJSON *why_tell(struct server *server, lua_State *L);

#endif
