/* SPDX-License-Identifier: MIT */
#include "coroutine.h"

#include "arguments.h"
#include "location.h"
#include "stop.h"

/* The nearest Lua function is looked for among so many frames. */
enum { LOOK_DEPTH = 20 };

struct thread *coroutine_asked(const struct stop *stop, const cJSON *arguments,
                               struct inspect_problem *problem) {
    int id = 0;
    if (!arguments_count(arguments, "threadId", &id, problem))
        return NULL;
    struct thread *thread = id > 0 ? threads_by_id(&stop->account->threads, id) : NULL;
    if (thread == NULL)
        inspect_refuse(problem, "there is no thread %d: it has ended, or never was", id);
    return thread;
}

enum coroutine_state coroutine_state(const struct stop *stop, lua_State *L) {
    lua_Debug record;
    if (L == stop->L)
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

static void write_place(const struct stop *stop, const struct thread *thread,
                        struct string_builder *builder) {
    enum coroutine_state state = coroutine_state(stop, thread->L);
    lua_Debug record;
    string_builder_print(builder, ", %s",
                         state == COROUTINE_NEW ? "not started" : coroutine_status(state));
    if (state != COROUTINE_NEW && current_function(thread->L, &record)) {
        string_builder_print(builder, " at ");
        location_write(builder, &record, record.currentline);
    }
}

void coroutine_name(const struct stop *stop, struct thread *thread,
                    struct string_builder *builder) {
    struct threads *threads = &stop->account->threads;
    if (thread == threads->first) {
        string_builder_print(builder, "main");
        return;
    }
    string_builder_print(builder, "coroutine %d", threads_id(threads, thread));
    if (thread->made_in != NULL) {
        string_builder_print(builder, " (");
        location_write_chunk(builder, thread->made_in, thread->made_line);
        string_builder_print(builder, ")");
    }
    write_place(stop, thread, builder);
}

struct thread *coroutine_resumer(const struct stop *stop, const struct thread *thread) {
    struct threads *threads = &stop->account->threads;
    if (thread->L == stop->error.thread && thread->L != stop->L)
        return threads_of(threads, stop->L);
    size_t place = threads->running;
    const struct thread *running;
    while ((running = threads_running(threads, &place)) != NULL && running != thread)
        ;
    return running != NULL ? threads_running(threads, &place) : NULL;
}

bool coroutine_is_listed(const struct stop *stop, const struct thread *thread) {
    return !thread->debuggers && coroutine_state(stop, thread->L) != COROUTINE_DEAD;
}
