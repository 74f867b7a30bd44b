/* SPDX-License-Identifier: MIT */
/*
 * heap_attach: attaches an account to a state that has been running (account.h) and shows
 * it what there is: the objects, by walking all that is alive, and so the coroutines.
 */
#ifndef LUAHEAT_HEAP_HEAP_ATTACH_H
#define LUAHEAT_HEAP_HEAP_ATTACH_H

#include <lua.h>

struct account;

/* As account_attach, and fails likewise. A million objects take about a second. Nothing of the
   program runs, its collector neither; what the walk itself allocates is the debugger's, and
   becomes garbage. */
int heap_attach(struct account *account, lua_State *L);

#endif
