/* SPDX-License-Identifier: MIT */
/*
 * largest_told: the largest tables and equal strings, the member "largest" of what is told
 * (telling.h).
 */
#ifndef LUAHEAT_SERVE_LARGEST_TOLD_H
#define LUAHEAT_SERVE_LARGEST_TOLD_H

#include <cjson/cJSON.h>
#include <lua.h>

struct server;

/* {"limit"} */
void largest_told_set(struct server *server, const cJSON *asked);

/* {"tables", "strings"}: as luaheat/largestTables and luaheat/equalStrings answer, without the
   steps of paths; the caller's to delete. NULL: memory is out. */
cJSON *largest_told(struct server *server, lua_State *L);

#endif
