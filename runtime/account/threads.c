/* SPDX-License-Identifier: MIT */
#include "threads.h"

#include <errno.h>
#include <stdlib.h>

static void thread_free(const struct threads *threads, struct thread *thread) {
    if (threads->extra != NULL)
        threads->extra->finish(thread->extra);
    free(thread);
}

void threads_finish(struct threads *threads) {
    while (threads->first != NULL) {
        struct thread *next = threads->first->next;
        thread_free(threads, threads->first);
        threads->first = next;
    }
    pointer_map_finish(&threads->by_state);
    *threads = (struct threads){0};
}

void threads_drop_above(struct threads *threads, const struct thread *thread) {
    if (!threads_in_chain(threads, thread))
        return;
    while (threads->innermost != thread)
        threads_pop(threads);
}

static void take_out(struct threads *threads, struct thread *thread) {
    struct thread **place = &threads->innermost;
    while (*place != NULL && *place != thread)
        place = &(*place)->resumer;
    if (*place != NULL)
        *place = thread->resumer;
    thread->resumer = NULL;
}

static void append(struct threads *threads, struct thread *thread) {
    thread->previous = threads->last;
    if (threads->last != NULL)
        threads->last->next = thread;
    else
        threads->first = thread;
    threads->last = thread;
    threads->count++;
    threads->born++;
}

static void detach(struct threads *threads, struct thread *thread) {
    if (thread->previous != NULL)
        thread->previous->next = thread->next;
    else
        threads->first = thread->next;
    if (thread->next != NULL)
        thread->next->previous = thread->previous;
    else
        threads->last = thread->previous;
    threads->count--;
}

static void inherit_extra(const struct threads *threads, struct thread *thread,
                          const struct thread *maker) {
    if (threads->extra != NULL)
        threads->extra->inherit(thread->extra, maker->extra);
}

/* A new thread has its maker's hook: Lua copies it, and so do we. */
static void inherit(struct threads *threads, struct thread *thread) {
    const struct thread *maker = threads_running(threads);
    if (maker == NULL)
        return;
    thread->hook = maker->hook;
    inherit_extra(threads, thread, maker);
}

void threads_continue(struct threads *threads, struct thread *thread, const struct thread *maker) {
    thread->hook = lua_gethook(thread->L);
    inherit_extra(threads, thread, maker);
}

/* NULL if memory is out. */
static struct thread *thread_new(struct threads *threads, lua_State *L) {
    size_t extra = threads->extra != NULL ? threads->extra->bytes : 0;
    struct thread *thread = calloc(1, sizeof *thread + extra);
    if (thread == NULL)
        return NULL;
    thread->L = L;
    if (pointer_map_put(&threads->by_state, L, thread) != 0) {
        free(thread);
        return NULL;
    }
    return thread;
}

static void begin_chain(struct threads *threads, struct thread *main) {
    threads_id(threads, main);
    threads_push(threads, main);
}

int threads_born(struct threads *threads, const void *block) {
    struct thread *thread = thread_new(threads, threads_state(block));
    if (thread == NULL)
        return -ENOMEM;
    bool is_main = threads->first == NULL;
    if (!is_main)
        inherit(threads, thread);
    append(threads, thread);
    if (is_main)
        begin_chain(threads, thread);
    return 0;
}

int threads_adopt(struct threads *threads, lua_State *L) {
    struct thread *thread = thread_new(threads, L);
    if (thread == NULL)
        return -ENOMEM;
    thread->built = true;
    append(threads, thread);
    if (threads->first == thread)
        begin_chain(threads, thread);
    return 0;
}

bool threads_is_others(const struct threads *threads, const void *block) {
    lua_State *L = threads_state(block);
    return threads->registry != NULL && pointer_map_get(&threads->by_state, L) != NULL &&
           lua_topointer(L, LUA_REGISTRYINDEX) != threads->registry;
}

struct chunk *threads_died(struct threads *threads, const void *block) {
    struct thread *thread = pointer_map_take(&threads->by_state, threads_state(block));
    if (thread == NULL)
        return NULL;
    struct chunk *made_in = thread->made_in;
    if (threads_in_chain(threads, thread))
        take_out(threads, thread);
    if (threads->last_asked == thread)
        threads->last_asked = NULL;
    detach(threads, thread);
    thread_free(threads, thread);
    return made_in;
}

struct thread *threads_look_for(struct threads *threads, const lua_State *L) {
    threads->last_asked = pointer_map_get(&threads->by_state, L);
    return threads->last_asked;
}

/* Not inlined: with its large frame whoever asks for each block's line would pay for a guard of the
 * stack. */
__attribute__((noinline)) static bool can_be_running(const struct thread *thread) {
    lua_Debug frame;
    bool runs = lua_status(thread->L) == LUA_OK || thread->closing;
    return runs && lua_getstack(thread->L, 0, &frame);
}

/* Is it in the chain? Then what lies above it is dropped; else what is over there. */
static bool drop_above(struct threads *threads, const lua_State *L) {
    const struct thread *thread = threads->innermost;
    while (thread != NULL && thread->L != L)
        thread = thread->resumer;
    const struct thread *runs = thread != NULL ? thread : threads_running(threads);
    if (runs != NULL)
        threads_drop_above(threads, runs);
    return thread != NULL;
}

void threads_enter(struct threads *threads, const lua_State *by, const lua_State *co) {
    drop_above(threads, by);
    struct thread *thread = threads_of(threads, co);
    if (thread != NULL && !threads_in_chain(threads, thread) && !can_be_running(thread))
        threads_push(threads, thread);
}

void threads_leave(struct threads *threads, const lua_State *by) {
    drop_above(threads, by);
}

void threads_include(struct threads *threads, const lua_State *L) {
    struct thread *thread = threads_of(threads, L);
    if (!drop_above(threads, L) && thread != NULL)
        threads_push(threads, thread);
}

/* The outermost can run, whatever it tells. */
static struct thread *nearest(struct thread *thread) {
    while (thread != NULL && thread->resumer != NULL && !can_be_running(thread))
        thread = thread->resumer;
    return thread;
}

struct thread *threads_running(const struct threads *threads) {
    return nearest(threads->innermost);
}

struct thread *threads_resumer(const struct thread *thread) {
    return nearest(thread->resumer);
}

/* ---- looked for ---- */

enum activity { RUNS_NOTHING, MAY_RESUME, IS_INNERMOST };

/* To look at so few threads is as cheap. */
enum { FEW_THREADS = 6 };

/* Is the frame's C function a plain one? In the allocator: a C function has a slot for that, and
   its top is where it says, as Lua keeps it so for whatever the function calls. */
static bool is_plain(const struct threads *threads, lua_State *L, lua_Debug *frame) {
    if (threads->plain == NULL || threads->count < FEW_THREADS)
        return false;
    lua_getinfo(L, "f", frame);
    bool plain = pointer_map_get(threads->plain, lua_topointer(L, -1)) != NULL;
    lua_pop(L, 1);
    return plain;
}

/* What its innermost function tells. */
__attribute__((noinline)) static enum activity activity_of(const struct threads *threads,
                                                           const struct thread *thread) {
    lua_Debug frame;
    bool runs = lua_status(thread->L) == LUA_OK || thread->closing;
    if (!thread->built || !runs || !lua_getstack(thread->L, 0, &frame))
        return RUNS_NOTHING;
    lua_getinfo(thread->L, "S", &frame);
    return *frame.what != 'C' || is_plain(threads, thread->L, &frame) ? IS_INNERMOST : MAY_RESUME;
}

/* It may be about to run: it has its function, and no frame yet. */
static bool is_starting(const struct thread *thread) {
    return thread->built && lua_status(thread->L) == LUA_OK && lua_gettop(thread->L) > 0;
}

/* The last of the chain that has not ended, NULL if that is the main thread at rest; what it does.
   Those that are about to run are passed over. */
static struct thread *last_of_chain(struct threads *threads, enum activity *activity) {
    struct thread *thread = threads->innermost;
    while (thread != NULL) {
        *activity = activity_of(threads, thread);
        if (*activity != RUNS_NOTHING)
            return thread;
        struct thread *resumer = thread->resumer;
        if (resumer != NULL && thread == threads->innermost && !is_starting(thread))
            threads_pop(threads);
        thread = resumer;
    }
    return NULL;
}

/* Those that run and are not in the chain come behind it, oldest first; the innermost, if it is
   sure, is the last. From `from` on: who comes next is often the next. */
static void add_running(struct threads *threads, struct thread *from) {
    struct thread *innermost = NULL, *thread = from;
    do {
        enum activity activity =
            threads_in_chain(threads, thread) ? RUNS_NOTHING : activity_of(threads, thread);
        if (activity == MAY_RESUME)
            threads_push(threads, thread);
        else if (activity == IS_INNERMOST)
            innermost = thread;
        thread = thread->next != NULL ? thread->next : threads->first;
    } while (thread != from && innermost == NULL);
    if (innermost != NULL)
        threads_push(threads, innermost);
}

void threads_find_running(struct threads *threads) {
    enum activity activity;
    struct thread *last = last_of_chain(threads, &activity);
    if (last == NULL || activity == MAY_RESUME)
        add_running(threads, last != NULL ? last : threads->first);
}

int threads_id(struct threads *threads, struct thread *thread) {
    if (thread->id == 0)
        thread->id = ++threads->last_id;
    return thread->id;
}

struct thread *threads_by_id(const struct threads *threads, int id) {
    struct thread *thread = threads->first;
    while (thread != NULL && thread->id != id)
        thread = thread->next;
    return thread;
}
