/* SPDX-License-Identifier: MIT */
#include "coroutine.h"

#include "location.h"

/* The nearest Lua function is looked for among so many frames. */
enum { LOOK_DEPTH = 20 };

enum coroutine_state coroutine_state(const struct coroutines *coroutines, lua_State *L) {
    lua_Debug record;
    if (L == coroutines->running)
        return COROUTINE_RUNNING;
    if (lua_status(L) == LUA_YIELD)
        return COROUTINE_SUSPENDED;
    if (lua_status(L) != LUA_OK)
        return COROUTINE_DEAD;
    if (lua_getstack(L, 0, &record))
        return COROUTINE_NORMAL;
    return lua_gettop(L) > 0 ? COROUTINE_NEW : COROUTINE_DEAD;
}

const char *coroutine_status(enum coroutine_state state) {
    static const char *const words[] = {
        [COROUTINE_RUNNING] = "running",     [COROUTINE_NORMAL] = "normal",
        [COROUTINE_SUSPENDED] = "suspended", [COROUTINE_NEW] = "suspended",
        [COROUTINE_DEAD] = "dead",
    };
    return words[state];
}

/* The line that the coroutine is at. */
static bool current_function(lua_State *L, lua_Debug *record) {
    for (int level = 0; level < LOOK_DEPTH && lua_getstack(L, level, record); level++) {
        lua_getinfo(L, "Sl", record);
        if (*record->what != 'C')
            return true;
    }
    return false;
}

static void write_activity(struct string_builder *builder, enum coroutine_state state,
                           lua_State *L) {
    lua_Debug record;
    string_builder_print(builder, ", %s",
                         state == COROUTINE_NEW ? "not started" : coroutine_status(state));
    if (state != COROUTINE_NEW && current_function(L, &record)) {
        string_builder_print(builder, " at ");
        location_write(builder, &record, record.currentline);
    }
}

void coroutine_write(struct string_builder *builder, const struct coroutines *coroutines,
                     struct thread *thread) {
    if (thread == coroutines->threads->first) {
        string_builder_print(builder, "main");
        return;
    }
    string_builder_print(builder, "coroutine %d", threads_id(coroutines->threads, thread));
    if (thread->made_in != NULL) {
        string_builder_print(builder, " (");
        location_write_chunk(builder, thread->made_in, thread->made_line);
        string_builder_print(builder, ")");
    }
    write_activity(builder, coroutine_state(coroutines, thread->L), thread->L);
}

bool coroutine_is_listed(const struct coroutines *coroutines, const struct thread *thread) {
    return !thread->hidden && coroutine_state(coroutines, thread->L) != COROUTINE_DEAD;
}
