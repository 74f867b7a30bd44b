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
    free(threads->chain);
    *threads = (struct threads){0};
}

static int push(struct threads *threads, struct thread *thread) {
    if (threads->running == threads->room) {
        size_t room = threads->room > 0 ? threads->room * 2 : 16;
        struct thread **chain = realloc(threads->chain, room * sizeof *chain);
        if (chain == NULL)
            return -ENOMEM;
        threads->chain = chain;
        threads->room = room;
    }
    threads->chain[threads->running] = thread;
    threads->running++; /* a signal handler may look: only now is the entry there */
    return 0;
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
    size_t place = threads->running;
    const struct thread *maker = threads_running(threads, &place);
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

static int begin_chain(struct threads *threads, struct thread *main) {
    threads_id(threads, main);
    if (push(threads, main) == 0)
        return 0;
    threads_died(threads, threads_block(main->L));
    return -ENOMEM;
}

int threads_born(struct threads *threads, const void *block) {
    struct thread *thread = thread_new(threads, threads_state(block));
    if (thread == NULL)
        return -ENOMEM;
    bool is_main = threads->first == NULL;
    if (!is_main)
        inherit(threads, thread);
    append(threads, thread);
    return is_main ? begin_chain(threads, thread) : 0;
}

int threads_adopt(struct threads *threads, lua_State *L) {
    struct thread *thread = thread_new(threads, L);
    if (thread == NULL)
        return -ENOMEM;
    thread->built = true;
    append(threads, thread);
    return threads->first == thread ? begin_chain(threads, thread) : 0;
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
    for (size_t i = 0; i < threads->running; i++)
        if (threads->chain[i] == thread)
            threads->chain[i] = NULL;
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
    for (size_t i = threads->running; i > 0; i--) {
        if (threads->chain[i - 1] != NULL && threads->chain[i - 1]->L == L) {
            threads->running = i;
            return true;
        }
    }
    size_t place = threads->running;
    if (threads_running(threads, &place) != NULL)
        threads->running = place + 1;
    return false;
}

int threads_enter_any(struct threads *threads, const lua_State *by, const lua_State *co) {
    drop_above(threads, by);
    struct thread *thread = threads_of(threads, co);
    bool runs = thread == NULL || thread == threads->first || can_be_running(thread);
    return runs ? 0 : push(threads, thread);
}

void threads_leave_any(struct threads *threads, const lua_State *by) {
    drop_above(threads, by);
}

int threads_include(struct threads *threads, const lua_State *L) {
    struct thread *thread = threads_of(threads, L);
    return drop_above(threads, L) || thread == NULL ? 0 : push(threads, thread);
}

struct thread *threads_running(const struct threads *threads, size_t *place) {
    while (*place > 0) {
        struct thread *thread = threads->chain[--*place];
        if (thread == NULL)
            continue;
        if (*place == 0 || can_be_running(thread))
            return thread;
    }
    return NULL;
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

static bool in_chain(const struct threads *threads, const struct thread *thread) {
    size_t i = threads->running;
    while (i > 0 && threads->chain[i - 1] != thread)
        i--;
    return i > 0;
}

/* The last of the chain that has not ended, NULL if that is the main thread at rest; what it does.
   Those that are about to run are passed over. */
static struct thread *last_of_chain(struct threads *threads, enum activity *activity) {
    for (size_t i = threads->running; i > 0; i--) {
        struct thread *thread = threads->chain[i - 1];
        *activity = thread != NULL ? activity_of(threads, thread) : RUNS_NOTHING;
        if (*activity != RUNS_NOTHING)
            return thread;
        if (i > 1 && i == threads->running && (thread == NULL || !is_starting(thread)))
            threads->running--;
    }
    return NULL;
}

/* Those that run and are not in the chain come behind it, oldest first; the innermost, if it is
   sure, is the last. From `from` on: who comes next is often the next. */
static void add_running(struct threads *threads, struct thread *from) {
    struct thread *innermost = NULL, *thread = from;
    do {
        enum activity activity =
            in_chain(threads, thread) ? RUNS_NOTHING : activity_of(threads, thread);
        if (activity == MAY_RESUME)
            push(threads, thread);
        else if (activity == IS_INNERMOST)
            innermost = thread;
        thread = thread->next != NULL ? thread->next : threads->first;
    } while (thread != from && innermost == NULL);
    if (innermost != NULL)
        push(threads, innermost);
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
