/* SPDX-License-Identifier: MIT */
#include "call_info.h"

#include "release.h"

#include <lauxlib.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* Calls that look, from Lua and from C, tail calls, in a coroutine, with arguments of any number;
   each on a line of its own. */
static const char program[] = "local look, call, resume, yield = ...\n"
                              "local function few(deeper, ...)\n"
                              "  look()\n"
                              "  for _ = 1, 2 do\n"
                              "    look(...)\n"
                              "  end\n"
                              "  if deeper then\n"
                              "    return few(false)\n"
                              "  end\n"
                              "  local text = 'x' .. 1\n"
                              "  look(text)\n"
                              "end\n"
                              "local function fixed(deeper)\n"
                              "  look()\n"
                              "  call(few, deeper, 1, 2)\n"
                              "  look()\n"
                              "  few(deeper)\n"
                              "end\n"
                              "look()\n"
                              "fixed(true)\n"
                              "call(call, fixed)\n"
                              "resume(function()\n"
                              "  fixed(true)\n"
                              "  yield()\n"
                              "end)\n";

/* A Lua function's call, as lua_getinfo tells it, and its saved pc. */
struct seen {
    int defined, line;
    uintptr_t pc;
};

enum { MOST_SEEN = 32, LOOKS_AT_LEAST = 7 };

struct trial {
    size_t thread_bytes;
    bool failed;
    size_t count; /* of places */
    struct seen seen[MOST_SEEN];
};

/* One place has one pc, and of one function a later line has a later one. */
static bool agree(const struct seen *one, const struct seen *other) {
    if (one->defined != other->defined)
        return one->pc != other->pc;
    return (one->line < other->line) == (one->pc < other->pc) &&
           (one->line > other->line) == (one->pc > other->pc);
}

static void note(struct trial *trial, const struct seen *seen) {
    bool known = false;
    for (size_t i = 0; i < trial->count; i++) {
        trial->failed |= !agree(seen, &trial->seen[i]);
        known |= seen->pc == trial->seen[i].pc;
    }
    trial->failed |= seen->pc == 0 || (!known && trial->count == MOST_SEEN);
    if (!known && trial->count < MOST_SEEN)
        trial->seen[trial->count++] = *seen;
}

/* A thread's foundation stands in its state. */
static bool is_foundation(const struct trial *trial, const lua_State *L,
                          const struct call_info *call) {
    uintptr_t offset = (uintptr_t)call - (uintptr_t)L;
    return offset < trial->thread_bytes && trial->thread_bytes - offset >= sizeof *call &&
           (call->status & CALL_INFO_C) && call->previous == NULL;
}

static void compare_call(struct trial *trial, const struct call_info *call,
                         const lua_Debug *frame) {
    bool is_c = *frame->what == 'C';
    trial->failed |= is_c != ((call->status & CALL_INFO_C) != 0);
    if (!is_c)
        note(trial,
             &(struct seen){frame->linedefined, frame->currentline, (uintptr_t)call->saved_pc});
}

/* Nothing is looked into that lua_getstack has not told. */
static void compare_calls(struct trial *trial, lua_State *L) {
    lua_Debug frame;
    const struct call_info *call = call_info_innermost(L);
    for (int level = 0; !trial->failed && lua_getstack(L, level, &frame); level++) {
        if ((const void *)frame.i_ci != call) {
            trial->failed = true;
            break;
        }
        lua_getinfo(L, "Slf", &frame);
        compare_call(trial, call, &frame);
        trial->failed |= call_info_function(call) != lua_topointer(L, -1);
        lua_pop(L, 1);
        call = call->previous;
    }
    trial->failed = trial->failed || !is_foundation(trial, L, call);
}

/* It tells the innermost call only: to it there seem to be no others. A signal handler that sets a
   hook meanwhile does the same. */
void call_info_set_hook(lua_State *L, lua_Hook function, int mask, int count) {
    struct call_info *innermost = (struct call_info *)call_info_innermost(L);
    const struct call_info *volatile *previous = &innermost->previous;
    const struct call_info *others = *previous;
    *previous = NULL;
    lua_sethook(L, function, mask, count);
    *previous = others;
}

static struct trial *trial_of(lua_State *L) {
    return lua_touserdata(L, lua_upvalueindex(1));
}

static void compare_state(struct trial *trial, lua_State *L) {
    void *data;
    lua_Alloc allocator = lua_getallocf(L, &data);
    const struct call_info_state *state = call_info_state(L);
    trial->failed = trial->failed || state->allocator != allocator || state->data != data;
}

static void compare_status(struct trial *trial, lua_State *L) {
    trial->failed |= call_info_is_well(L) != (lua_status(L) == LUA_OK);
}

static int look(lua_State *L) {
    compare_calls(trial_of(L), L);
    compare_status(trial_of(L), L);
    compare_state(trial_of(L), L);
    return 0;
}

/* In the hook of a line. Behind the locals are values that may be dead. */
static void compare_locals(lua_State *L, lua_Debug *event) {
    struct trial *trial = *(struct trial **)lua_getextraspace(L);
    const char *name;
    int top = lua_gettop(L);
    for (int n = 1; (name = lua_getlocal(L, event, n)) != NULL; n++) {
        if (strcmp(name, "(temporary)") == 0)
            break;
        lua_pushvalue(L, n);
        trial->failed |= !lua_rawequal(L, -1, -2);
    }
    lua_settop(L, top);
}

static int call(lua_State *L) {
    lua_call(L, lua_gettop(L) - 1, 0);
    return 0;
}

static int yield(lua_State *L) {
    return lua_yield(L, 0);
}

/* The function looks, and yields. */
static int resume(lua_State *L) {
    int results;
    lua_State *thread = lua_newthread(L);
    lua_pushvalue(L, 1);
    lua_xmove(L, thread, 1);
    compare_status(trial_of(L), thread);
    bool yields = lua_resume(thread, L, 0, &results) == LUA_YIELD;
    compare_status(trial_of(L), thread);
    return yields ? 0 : luaL_error(L, "it does not yield");
}

static int try_program(lua_State *L) {
    static const lua_CFunction functions[] = {look, call, resume, yield};
    enum { FUNCTIONS = sizeof functions / sizeof *functions };
    if (luaL_loadbuffer(L, program, sizeof program - 1, "=trial") != LUA_OK)
        lua_error(L);
    for (size_t i = 0; i < FUNCTIONS; i++) {
        lua_pushvalue(L, 1);
        lua_pushcclosure(L, functions[i], 1);
    }
    *(struct trial **)lua_getextraspace(L) = lua_touserdata(L, 1);
    lua_sethook(L, compare_locals, LUA_MASKLINE, 0);
    lua_call(L, FUNCTIONS, 0);
    return 0;
}

static bool prove(void) {
    struct trial trial = {.thread_bytes = release_thread_bytes()};
    if (trial.thread_bytes < LUA_EXTRASPACE + sizeof(struct call_info_thread))
        return false;
    trial.thread_bytes -= LUA_EXTRASPACE;
    return release_try(NULL, NULL, try_program, &trial) == 0 && !trial.failed &&
           trial.count >= LOOKS_AT_LEAST;
}

bool call_info_is_proven(void) {
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static enum { UNTRIED, REFUTED, PROVEN } found;
    pthread_mutex_lock(&lock);
    if (found == UNTRIED)
        found = prove() ? PROVEN : REFUTED;
    bool proven = found == PROVEN;
    pthread_mutex_unlock(&lock);
    return proven;
}
