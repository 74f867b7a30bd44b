/* SPDX-License-Identifier: MIT */
/*
 * Lua runs a step of the collector when its debt (bytes allocated beyond what it planned for) is
 * positive. LUA_GCSTOP followed by LUA_GCRESTART would not do: restarting sets the debt to zero,
 * which forgets where the collector was. LUA_GCSTEP with n != 0 adds n KiB to the debt and runs a
 * step only if it is positive then; with a large negative n it thus lowers the debt and nothing
 * else, in every Lua 5.4. Afterwards the same is added again, less what has been allocated
 * meanwhile, which leaves the debt of before.
 *
 * LUA_GCSTEP runs even a collector that the program has stopped; so that one is left alone (it does
 * not run by itself anyway). If the evaluated code drove the collector itself, that has set a new
 * debt: then it takes one more step than it was told to, which changes nothing but time.
 */
#include "collector.h"

enum { HOLD_KIB = 16 << 10 };

int64_t collector_bytes_in_use(lua_State *L) {
    return (int64_t)lua_gc(L, LUA_GCCOUNT) * 1024 + lua_gc(L, LUA_GCCOUNTB);
}

/* Inside a finalizer lua_gc answers -1 (Lua 5.4.4 and later), and nothing is collected there. */
static bool is_running(lua_State *L) {
    return lua_gc(L, LUA_GCISRUNNING) == 1;
}

void collector_hold(struct collector_hold *hold, lua_State *L) {
    if (hold->held || !is_running(L))
        return;
    hold->held = true;
    hold->bytes = collector_bytes_in_use(L);
    lua_gc(L, LUA_GCSTEP, -HOLD_KIB);
}

/* Beyond these limits the collector has run and set its own debt. */
void collector_release(struct collector_hold *hold, lua_State *L) {
    if (!hold->held || !is_running(L))
        return;
    hold->held = false;
    int64_t allocated_kib = (collector_bytes_in_use(L) - hold->bytes + 1023) / 1024;
    if (allocated_kib >= 0 && allocated_kib < HOLD_KIB)
        lua_gc(L, LUA_GCSTEP, (int)(HOLD_KIB - allocated_kib));
}

void collector_expect(struct collector_hold *hold, lua_State *L, int64_t bytes) {
    if (!hold->held || !is_running(L))
        return;
    hold->bytes += bytes;
    lua_gc(L, LUA_GCSTEP, (int)(-bytes / 1024));
}

int64_t collector_lower_debt(lua_State *L, int64_t bytes) {
    if (!is_running(L) || bytes / 1024 > HOLD_KIB)
        return bytes;
    lua_gc(L, LUA_GCSTEP, -(int)(bytes / 1024));
    return bytes / 1024 * 1024;
}
