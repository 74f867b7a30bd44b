/* SPDX-License-Identifier: MIT */
/* Processes, as POSIX has them. */
#include <lauxlib.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int answer(lua_State *L, long number) {
    if (number < 0)
        return luaL_error(L, "it failed");
    lua_pushinteger(L, number);
    return 1;
}

static int fork_child(lua_State *L) {
    return answer(L, fork());
}

/* As a module does that goes around the C library: no handler of pthread_atfork runs. */
static int clone_child(lua_State *L) {
    return answer(L, syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL));
}

/* How the child ended: its exit code, or minus its signal. */
static int wait_for(lua_State *L) {
    int status;
    if (waitpid((pid_t)luaL_checkinteger(L, 1), &status, 0) < 0)
        return answer(L, -1);
    lua_pushinteger(L, WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status));
    return 1;
}

static int end(lua_State *L) {
    _exit((int)luaL_checkinteger(L, 1));
}

static int execute(lua_State *L) {
    char *args[16] = {NULL};
    for (int i = 1; i <= lua_gettop(L) && i < 16; i++)
        args[i - 1] = (char *)luaL_checkstring(L, i);
    execvp(args[0], args);
    return answer(L, -1);
}

static int new_session(lua_State *L) {
    return answer(L, setsid());
}

static int send_signal(lua_State *L) {
    return answer(L, kill((pid_t)luaL_checkinteger(L, 1), (int)luaL_checkinteger(L, 2)));
}

/* Until a signal comes. */
static int wait_forever(lua_State *L) {
    return answer(L, pause());
}

static int own_id(lua_State *L) {
    return answer(L, getpid());
}

static const luaL_Reg functions[] = {
    {"fork", fork_child},  {"clone", clone_child}, {"wait", wait_for},
    {"_exit", end},        {"exec", execute},      {"setsid", new_session},
    {"kill", send_signal}, {"getpid", own_id},     {"pause", wait_forever},
    {NULL, NULL},
};

LUAMOD_API int luaopen_process(lua_State *L);

LUAMOD_API int luaopen_process(lua_State *L) {
    luaL_newlib(L, functions);
    return 1;
}
