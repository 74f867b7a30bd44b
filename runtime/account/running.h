/* SPDX-License-Identifier: MIT */
/*
 * running: what runs now, and so is charged: the innermost Lua line, and the calls that led there.
 *
 * What the debugger itself does in the program's heap (evaluation, conditions, handlers of its own)
 * is its work, and charged to FIGURES_DEBUGGER. But it can set the collector off, and with it the
 * program's finalizers: what those allocate is their lines', as ever.
 */
#ifndef LUAHEAT_ACCOUNT_RUNNING_H
#define LUAHEAT_ACCOUNT_RUNNING_H

#include <lua.h>
#include <stdbool.h>
#include <stdint.h>

struct account;
struct account_work;
struct call_info;
struct chunk;

/* Is the state on another OS thread than this? */
bool account_is_elsewhere(const struct account *account);

/* The debugger's work, from here to the end, which takes back what the begin has answered. No error
   may be thrown past them. */
struct account_work account_begin_work(struct account *account, lua_State *L);
void account_end_work(struct account *account, struct account_work before);

/* As lua_pcall, but it is the debugger's work; without a message handler. */
int account_call(struct account *account, lua_State *L, int arguments, int results);

/* The call that runs, whatever it is of; NULL: none does, or the debugger's own. Once call_info.h
   is proven. */
const struct call_info *account_innermost_call(const struct account *account);

/* The site of the innermost Lua line that runs now. */
uint32_t account_current_site(struct account *account);

/* That line (not above 0 if it is unknown) and its chunk; NULL: no Lua function runs. */
struct chunk *account_current_line(struct account *account, int *line);

/* The calls that are active now, as a node of the call tree. Not while a thread's stack is
   reallocated, of which no frame may be asked. */
uint32_t account_current_stack(struct account *account);

/* A node for what no call is blamed for: the site, or the owner of a thread's stack. */
uint32_t account_site_stack(struct account *account, uint32_t parent, uint32_t site);
uint32_t account_thread_stack(struct account *account, uint32_t site);

#endif
