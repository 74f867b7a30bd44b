/* SPDX-License-Identifier: MIT */
/* signals: what a program may do with signals and with Lua's hook behind everybody's back. */
#include <lauxlib.h>
#include <signal.h>

static lua_State *interrupted;
static volatile sig_atomic_t caught;

/* As lua.c does it: the program ends its work with an error, at once. */
static void stop(lua_State *L, lua_Debug *event) {
    (void)event;
    lua_sethook(L, NULL, 0, 0);
    luaL_error(L, "interrupted by a module");
}

static void on_interrupt(int number) {
    (void)number;
    lua_sethook(interrupted, stop, LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
}

static void on_signal(int number) {
    (void)number;
    caught++;
}

/* Sends itself a signal whose handler sets a hook. */
static int interrupt(lua_State *L) {
    interrupted = L;
    signal(SIGUSR2, on_interrupt);
    raise(SIGUSR2);
    return 0;
}

static void take_away(int number) {
    (void)number;
    lua_sethook(interrupted, NULL, 0, 0);
}

/* The same, but the handler takes the hook away. */
static int unhook(lua_State *L) {
    interrupted = L;
    signal(SIGUSR2, take_away);
    raise(SIGUSR2);
    return 0;
}

/* catch, ignore, reset, block (number): each for all signals if there is no number. */
static void set(lua_State *L, void (*handler)(int)) {
    int first = (int)luaL_optinteger(L, 1, 1), last = (int)luaL_optinteger(L, 1, NSIG - 1);
    for (int number = first; number <= last; number++)
        if (number != SIGCHLD)
            signal(number, handler);
}

static int catch (lua_State *L) {
    set(L, on_signal);
    return 0;
}

static int ignore(lua_State *L) {
    set(L, SIG_IGN);
    return 0;
}

static int reset(lua_State *L) {
    set(L, SIG_DFL);
    return 0;
}

static int block(lua_State *L) {
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    return 0;
}

static int count(lua_State *L) {
    lua_pushinteger(L, caught);
    return 1;
}

int luaopen_signals(lua_State *L);

int luaopen_signals(lua_State *L) {
    static const luaL_Reg functions[] = {
        {"interrupt", interrupt}, {"unhook", unhook}, {"catch", catch}, {"ignore", ignore},
        {"reset", reset},         {"block", block},   {"count", count}, {NULL, NULL},
    };
    luaL_newlib(L, functions);
    return 1;
}
