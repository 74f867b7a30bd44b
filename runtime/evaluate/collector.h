/* SPDX-License-Identifier: MIT */
/*
 * collector: keeps the program's garbage collector where it was, although the debugger allocates in
 * its heap (evaluation does). Otherwise a watch expression would make the collector run earlier
 * than without a debugger.
 */
#ifndef LUAHEAT_EVALUATE_COLLECTOR_H
#define LUAHEAT_EVALUATE_COLLECTOR_H

#include <lua.h>
#include <stdbool.h>
#include <stdint.h>

/* Lua's own count. Inside a finalizer, where Lua 5.4.4 and later do not tell, always the same. */
int64_t collector_bytes_in_use(lua_State *L);

/* All zero: not held. */
struct collector_hold {
    bool held;
    int64_t bytes; /* in use when it was held */
};

/* From here on the collector does not run by itself, until some MiB have been allocated. Held
   already: nothing. */
void collector_hold(struct collector_hold *hold, lua_State *L);

/* As if nothing had been allocated since, but for less than one KiB. A collector step that was due
   is due again. Not held: nothing. */
void collector_release(struct collector_hold *hold, lua_State *L);

/* Held or not, the debugger is about to allocate this much (in whole KiB) beside the MiB above; or,
   below zero, has freed as much of it again. */
void collector_expect(struct collector_hold *hold, lua_State *L, int64_t bytes);

/* Lowers the debt by as many whole KiB as there are in `bytes`, which the debugger has allocated.
   Returns how many bytes that was; all of them if the collector does not run. */
int64_t collector_lower_debt(lua_State *L, int64_t bytes);

#endif
