/* SPDX-License-Identifier: MIT */
/*
 * work: what the debugger itself does in the program's heap (evaluation, conditions, handlers of
 * its own): it is charged to FIGURES_DEBUGGER. But it can set the collector off, and with it the
 * program's finalizers: what those allocate is their lines', as ever.
 */
#ifndef LUAHEAT_ACCOUNT_WORK_H
#define LUAHEAT_ACCOUNT_WORK_H

#include <lua.h>
#include <stdbool.h>

struct account;

/* All zero: the program itself runs. */
struct account_work {
    lua_State *L;   /* whose heap; NULL: no work is being done */
    bool finalizes; /* it began inside a finalizer, where Lua runs no other one */
};

/* From here to the end, which takes back what the begin has answered. No error may be thrown past
   them. */
struct account_work account_begin_work(struct account *account, lua_State *L);
void account_end_work(struct account *account, struct account_work before);

/* As lua_pcall, but it is the debugger's work; without a message handler. */
int account_call(struct account *account, lua_State *L, int arguments, int results);

/* While there is work: is it the debugger's that goes on, and not a finalizer in Lua? In the
   allocator. */
bool account_work_goes_on(struct account *account);

#endif
