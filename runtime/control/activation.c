/* SPDX-License-Identifier: MIT */
#include "activation.h"

#include "frame.h"

#include <stddef.h>

static const void *frame_at(lua_State *L, int level) {
    lua_Debug record;
    return lua_getstack(L, level, &record) ? (const void *)record.i_ci : NULL;
}

static void search(struct activation *activation) {
    lua_State *L = activation->thread;
    activation->level = frame_count(L, activation->height + activation->level) - activation->height;
    activation->top = frame_at(L, 0);
    activation->gone = activation->level < 0 ||
                       frame_at(L, activation->level) != (const void *)activation->record.i_ci;
}

void activation_init(struct activation *activation, struct threads *threads, lua_State *L,
                     const lua_Debug *record, int level) {
    struct thread *thread = threads_of(threads, L);
    *activation = (struct activation){.thread = L,
                                      .thread_id = thread != NULL ? threads_id(threads, thread) : 0,
                                      .record = *record,
                                      .height = frame_count(L, level) - level,
                                      .level = level,
                                      .top = frame_at(L, 0)};
}

/* A new frame, or one that another function takes over by a tail call. */
static void enter(struct activation *activation, const void *frame, bool tail) {
    const void *caller = tail ? frame : frame_at(activation->thread, 1);
    if (frame == (const void *)activation->record.i_ci) {
        activation->gone = true;
    } else if (caller == activation->top) {
        activation->level += !tail;
        activation->top = frame;
    } else {
        search(activation);
    }
}

static void leave(struct activation *activation, const void *frame) {
    if (frame != activation->top)
        search(activation);
    activation->gone |= frame == (const void *)activation->record.i_ci;
    activation->level--;
    activation->top = frame_at(activation->thread, 1);
}

void activation_follow(struct activation *activation, const lua_State *L, const lua_Debug *event) {
    if (activation->thread != L || activation->gone)
        return;
    if (event->event == LUA_HOOKRET)
        leave(activation, event->i_ci);
    else
        enter(activation, event->i_ci, event->event == LUA_HOOKTAILCALL);
}

bool activation_lives(struct activation *activation, struct threads *threads) {
    const struct thread *thread = threads_of(threads, activation->thread);
    if (thread == NULL || thread->id != activation->thread_id)
        activation->gone = true;
    else if (!activation->gone && frame_at(activation->thread, 0) != activation->top)
        search(activation);
    return !activation->gone;
}
