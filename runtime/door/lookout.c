/* SPDX-License-Identifier: MIT */
#include "lookout.h"

#include "layout.h"
#include "list.h"
#include "process.h"
#include "threads.h"

#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* of these, and of who is the youngest */
static struct lookout *lookouts;
static size_t coroutine_bytes;

/* ---- who is the youngest ---- */

/* What is allocated next, on the same OS thread, is its stack; by then it is known whose it is. */
static void note_stack(struct lookout *lookout, lua_State *L) {
    if (lua_topointer(L, LUA_REGISTRYINDEX) == lookout->registry)
        lookout->has_stack = true;
    else
        lookout->block = NULL;
}

static void note_born(struct lookout *lookout, const void *ptr, size_t tag, size_t size) {
    bool here = lookout->os_thread == process_here();
    if (tag == LUA_TTHREAD && size == coroutine_bytes) {
        lookout->block = ptr;
        lookout->os_thread = process_here();
        lookout->has_stack = false;
    } else if (lookout->block != NULL && here && !lookout->has_stack) {
        note_stack(lookout, threads_state(lookout->block));
    } else if (lookout->block != NULL && here) {
        lookout->on_youngest(lookout->data, threads_state(lookout->block));
    }
}

static void note_gone(struct lookout *lookout, const void *ptr) {
    if (lookout->block == ptr)
        lookout->block = NULL;
}

static void note(const void *ptr, size_t tag, size_t size) {
    pthread_mutex_lock(&lock);
    for (struct lookout *lookout = lookouts; lookout != NULL; lookout = lookout->next) {
        if (!atomic_load(&lookout->stands))
            continue;
        if (size > 0)
            note_born(lookout, ptr, tag, size);
        else
            note_gone(lookout, ptr);
    }
    pthread_mutex_unlock(&lock);
}

/* ---- in the place of an allocator ---- */

static void *pass(lua_Alloc allocator, void *ud, void *ptr, size_t osize, size_t nsize) {
    if (ptr != NULL && nsize == 0)
        note(ptr, osize, 0);
    void *moved = allocator(ud, ptr, osize, nsize);
    if (ptr == NULL && moved != NULL)
        note(moved, osize, nsize);
    return moved;
}

enum { POSTS = 4 };

/* Of one allocator each, which never changes again. */
static _Atomic(lua_Alloc) allocators[POSTS];

#define POST(n)                                                                                    \
    static void *post_##n(void *ud, void *ptr, size_t osize, size_t nsize) {                       \
        return pass(allocators[n], ud, ptr, osize, nsize);                                         \
    }
POST(0)
POST(1)
POST(2)
POST(3)
static const lua_Alloc posts[POSTS] = {post_0, post_1, post_2, post_3};

/* POSTS: none. */
static size_t post_of(lua_Alloc allocator) {
    size_t post = 0;
    while (post < POSTS && allocators[post] != allocator)
        post++;
    return post;
}

static bool is_post(lua_Alloc allocator) {
    bool is = false;
    for (size_t post = 0; post < POSTS; post++)
        is = is || posts[post] == allocator;
    return is;
}

static void take_post(lua_Alloc allocator) {
    size_t post = post_of(allocator);
    if (post == POSTS && !is_post(allocator))
        post = post_of(NULL);
    if (post < POSTS)
        atomic_store(&allocators[post], allocator);
}

/* ---- from the beginning to the end ---- */

void lookout_prepare(struct lookout *lookout) {
    void *ud;
    const struct layout *layout = layout_measured();
    pthread_mutex_lock(&lock);
    coroutine_bytes = layout != NULL ? layout->thread[1] : 0;
    take_post(lua_getallocf(lookout->main, &ud));
    lookout->registry = lua_topointer(lookout->main, LUA_REGISTRYINDEX);
    LIST_ADD(lookouts, lookout);
    pthread_mutex_unlock(&lock);
}

void lookout_forget(struct lookout *lookout) {
    lookout_end(lookout);
    pthread_mutex_lock(&lock);
    struct lookout **at = &lookouts;
    LIST_REMOVE(at, lookout);
    pthread_mutex_unlock(&lock);
}

void lookout_begin(struct lookout *lookout) {
    void *ud;
    size_t post = post_of(lua_getallocf(lookout->main, &ud));
    if (post == POSTS)
        return;
    lookout->block = NULL;
    atomic_store(&lookout->stands, true);
    lua_setallocf(lookout->main, posts[post], ud);
}

void lookout_end(struct lookout *lookout) {
    void *ud;
    lua_Alloc now = lua_getallocf(lookout->main, &ud);
    for (size_t post = 0; post < POSTS; post++)
        if (posts[post] == now)
            lua_setallocf(lookout->main, allocators[post], ud);
    atomic_store(&lookout->stands, false);
}

void lookout_forked(void) {
    lock = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
    for (struct lookout *lookout = lookouts; lookout != NULL; lookout = lookout->next)
        lookout_end(lookout);
}
