/* SPDX-License-Identifier: MIT */
#include "frame.h"

#include "call_info.h"
#include "threads.h"

bool frame_renew(struct frame *frame, struct threads *threads) {
    return threads_of(threads, frame->L) != NULL &&
           lua_getstack(frame->L, frame->level, &frame->record) && lua_checkstack(frame->L, 2);
}

bool frame_go_out(struct frame *frame, int levels) {
    frame->level += levels;
    if (!call_info_is_proven())
        return lua_getstack(frame->L, frame->level, &frame->record);
    const struct call_info *call = (const void *)frame->record.i_ci;
    for (; levels > 0 && call->previous != NULL; levels--)
        call = call->previous;
    frame->record.i_ci = (void *)call;
    return call->previous != NULL; /* else it is the thread's foundation */
}

static bool has_frames(lua_State *L, int count) {
    lua_Debug record;
    return count <= 0 || lua_getstack(L, count - 1, &record);
}

/* lua_getstack walks down from the top, so asking for a level costs that level, and a deep stack is
   best asked little: from the guess in steps that double, then halving the gap. */
int frame_count(lua_State *L, int guess) {
    if (call_info_is_proven())
        return call_info_count(L);
    int exists = guess, missing = guess;
    if (has_frames(L, guess)) {
        for (int step = 1; has_frames(L, missing = exists + step); step *= 2)
            exists = missing;
    } else {
        for (int step = 1; !has_frames(L, exists = missing - step); step *= 2)
            missing = exists;
        exists = exists > 0 ? exists : 0;
    }
    while (missing - exists > 1) {
        int middle = exists + (missing - exists) / 2;
        if (has_frames(L, middle))
            exists = middle;
        else
            missing = middle;
    }
    return exists;
}
