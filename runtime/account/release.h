/* SPDX-License-Identifier: MIT */
/*
 * release: what some releases of Lua 5.4 do and others do not, in liblua, luaL_newstate and lua.c.
 * The one place of the runtime that asks which release this is.
 */
#ifndef LUAHEAT_ACCOUNT_RELEASE_H
#define LUAHEAT_ACCOUNT_RELEASE_H

#include <lua.h>
#include <stdbool.h>

/* The z of 5.4.z. In 5.4.2 LUA_VERSION_RELEASE_NUM says 0. */
static inline int release_number(void) {
    return LUA_VERSION_RELEASE[0] - '0';
}

/* Inside a finalizer lua_gc answers -1, whatever it is asked, and the finalizer's own frame is
   named
   "__gc"; else GCISRUNNING answers 0 there, as where the collector is stopped, and the frame below
   bears the name. */
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
    return release_number() <= 2;
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
#ifdef LUA_IGMARK
    return LUA_IGMARK;
#else
    return "";
#endif
}

#endif
