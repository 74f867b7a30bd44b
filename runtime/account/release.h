/* SPDX-License-Identifier: MIT */
/*
 * release: what some releases of Lua 5.4 do and others do not, in liblua, luaL_newstate and lua.c.
 * The one place of the runtime that asks which release this is: that of the liblua that is loaded,
 * which need not be that of the headers. What no release tells is found out by trying it.
 */
#ifndef LUAHEAT_ACCOUNT_RELEASE_H
#define LUAHEAT_ACCOUNT_RELEASE_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct release {
    int number;         /* the z of 5.4.z */
    char name[24];      /* "Lua 5.4.6" */
    char copyright[96]; /* the same and whose it is, as lua5.4 -v tells it */
};

/* Of the loaded liblua, by its lua_ident; of the headers where it has none. Asked for once, before
   the program has threads. */
const struct release *release_loaded(void);

/* Out of what lua_ident holds. False: it is not of a Lua 5.4. */
bool release_read(struct release *release, const char *ident);

/* Lua's own count. 0 where it refuses to tell: inside a finalizer (Lua 5.4.4 and later). */
uint64_t release_collector_bytes(lua_State *L);

/* Calls the function with data as its argument, a light userdata, in a Lua state for a moment, of
   that allocator (NULL: one like Lua's own). In a protected call: where memory is short, lua5.4
   goes on, and so must we. 0, or -ENOMEM: it has not come to its end. */
int release_try(lua_Alloc allocator, void *ud, lua_CFunction function, void *data);

/* How far a string's text lies behind the start of its block, in bytes. 0 if memory is out. */
size_t release_text_offset(void);

/* How large the block of a coroutine is. 0 if memory is out. */
size_t release_thread_bytes(void);

/* Closes a coroutine that `from` has asked for: lua_closethread of Lua 5.4.6 and later, and what
   came before it: lua_resetthread, which takes one state, in Lua 5.4.5 two. Its status; an error
   value is on top of its stack. */
int release_close_thread(lua_State *co, lua_State *from);

static inline int release_number(void) {
    return release_loaded()->number;
}

/* Inside a finalizer lua_gc answers -1, whatever it is asked, and the finalizer's own frame is
   named "__gc"; else GCISRUNNING answers 0 there, as where the collector is stopped, and the frame
   below bears the name. */
static inline bool release_marks_finalizers(void) {
    return release_number() >= 4;
}

/* Where a function has returned, the line that it was called from counts as a new one. */
static inline bool release_forgets_line(void) {
    return release_number() == 0;
}

/* While the __close handlers of a suspended coroutine run that is closed, it counts as suspended:
   Lua then takes any hook that is called there for one that yields, and ends the handler. */
static inline bool release_closes_suspended(void) {
    return release_number() <= 3;
}

/* A tail call puts its function in the place of the caller's before it makes room for it, and only
   then its pc: meanwhile the caller's pc is told for a line of the other. */
static inline bool release_misplaces_tail_calls(void) {
    return release_number() <= 3;
}

/* The warnings' switch is a userdata of an int that the registry refers to. */
static inline bool release_keeps_switch(void) {
    return release_number() <= 1;
}

/* -l global=module */
static inline bool release_names_globals(void) {
    return release_number() >= 4;
}

/* The collector rests until the libraries are open. */
static inline bool release_rests_collector(void) {
    return release_number() >= 5;
}

/* -l module-version sets the global `module`: what marks the version; "" where nothing does. */
static inline const char *release_version_mark(void) {
    return release_number() >= 7 ? "-" : "";
}

#endif
