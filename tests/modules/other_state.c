/* SPDX-License-Identifier: MIT */
/* States beside the program's, made with its allocator: run(code [, how]) runs code in one, and
   result() of what that answers gives what it has returned, as a text, and closes it. how: where
   what happens, on this OS thread or on one of its own: "there" (all of it), "here", "handed" (made
   here, run and closed there), "back" (made and run there, closed here). */
#include <lauxlib.h>
#include <lualib.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct job {
    lua_Alloc allocator;
    void *ud;
    char code[8192];
    lua_State *L;
    pthread_t thread;
    bool there, handed, back, joined;
    char result[256];
};

/* The fronts that a program's libraries have: a module may take functions along. */
static lua_CFunction resume;

static void open_state(struct job *job) {
    job->L = lua_newstate(job->allocator, job->ud);
    if (job->L == NULL)
        return;
    luaL_openlibs(job->L);
    lua_pushcfunction(job->L, resume);
    lua_setglobal(job->L, "resume");
}

static void close_state(struct job *job) {
    if (job->L != NULL)
        lua_close(job->L);
    job->L = NULL;
}

static void *run(void *data) {
    struct job *job = data;
    if (job->L == NULL)
        open_state(job);
    if (job->L == NULL)
        return NULL;
    bool good = luaL_dostring(job->L, job->code) == LUA_OK;
    snprintf(job->result, sizeof job->result, "%s%s",
             good ? "" : "error: ", lua_gettop(job->L) > 0 ? luaL_tolstring(job->L, -1, NULL) : "");
    if (job->there || job->handed)
        close_state(job);
    return NULL;
}

static int start(lua_State *L) {
    const char *code = luaL_checkstring(L, 1), *how = luaL_optstring(L, 2, "there");
    struct job *job = lua_newuserdatauv(L, sizeof *job, 0);
    *job = (struct job){.there = strcmp(how, "there") == 0,
                        .handed = strcmp(how, "handed") == 0,
                        .back = strcmp(how, "back") == 0};
    job->allocator = lua_getallocf(L, &job->ud);
    snprintf(job->code, sizeof job->code, "%s", code);
    luaL_setmetatable(L, "job");
    if (!job->there && !job->back)
        open_state(job);
    job->joined = strcmp(how, "here") == 0;
    if (job->joined)
        run(job);
    else if (pthread_create(&job->thread, NULL, run, job) != 0)
        return luaL_error(L, "no thread");
    return 1;
}

static int result(lua_State *L) {
    struct job *job = luaL_checkudata(L, 1, "job");
    if (!job->joined)
        pthread_join(job->thread, NULL);
    job->joined = true;
    close_state(job);
    lua_pushstring(L, job->result);
    return 1;
}

static const luaL_Reg methods[] = {{"result", result}, {NULL, NULL}};

static const luaL_Reg functions[] = {{"run", start}, {NULL, NULL}};

LUAMOD_API int luaopen_other_state(lua_State *L);

LUAMOD_API int luaopen_other_state(lua_State *L) {
    lua_getglobal(L, "coroutine");
    lua_getfield(L, -1, "resume");
    resume = lua_tocfunction(L, -1);
    luaL_newmetatable(L, "job");
    lua_newtable(L);
    luaL_setfuncs(L, methods, 0);
    lua_setfield(L, -2, "__index");
    lua_settop(L, 0);
    luaL_newlib(L, functions);
    return 1;
}
