/* SPDX-License-Identifier: MIT */
/*
 * step: when a step is over. Fed with the hook's events, it answers whether to stop.
 *
 *   in    at the next line, wherever it is
 *   over  at the next line of the frame
 *   out   in the frame's caller
 *
 * When the frame ends, all of them stop in its caller, right after the call. That may be in the
 * middle of a line; if it is the beginning of one, then its line event stops, as a breakpoint may
 * be there. A caller in C cannot be stopped in: then it is the Lua function that has called that
 * one.
 *
 * A step watches one frame of one thread, the target, and counts the frames above it. Errors
 * unwind frames without an event; what caught them is always a C function (pcall, resume, ...)
 * whose return is one. So when a C function returns that did not return at once, the frames above
 * are counted afresh. If the target itself was unwound, the step ends in the caller of whatever
 * caught the error.
 *
 * A frame is known by its lua_Debug.i_ci, used as an identity only. A coroutine that is resumed
 * from the target runs meanwhile; if the target's own coroutine ends, its resumer takes over. Over
 * a yield means until the coroutine is resumed; out of a yield means back to the resumer.
 */
#ifndef LUAHEAT_CONTROL_STEP_H
#define LUAHEAT_CONTROL_STEP_H

#include "progress.h"

enum step_kind { STEP_NONE, STEP_IN, STEP_OVER, STEP_OUT };

/* All zero: no step is under way. */
struct step {
    enum step_kind kind;
    lua_State *thread; /* of the target; compared, and asked only while known to live */
    const void *frame; /* the target; NULL: none is left in its thread */
    int above;         /* frames above the target; never negative */
    const void *leaf;  /* the frame that was called last, if nothing has happened since; or NULL */
    int call_line; /* the target has been returned to, and the step ends: the line of the call; else
                    * 0
                    */
    struct progress began; /* of the frame where it began */
    bool entry; /* the first step of a program, a step in without a target: reported as its entry */
};

/* L: the stopped thread, in its hook. line: the one that it is shown at, if Lua is past it; or 0.
 */
void step_begin(struct step *step, enum step_kind kind, lua_State *L, int line);

/* The events LUA_MASKLINE|CALL|RET|COUNT that the step needs from this thread. `in_chain`: it is
   running or has resumed the one that is. */
int step_mask(const struct step *step, const lua_State *L, bool in_chain);

/* Does it need a count event at the thread's next instruction? */
static inline bool step_counts(const struct step *step, const lua_State *L) {
    return step->call_line > 0 && step->thread == L && step->above == 0;
}

/* At a line or count event: is the step over? */
bool step_at_line(struct step *step, lua_State *L);
bool step_at_count(struct step *step, lua_State *L, lua_Debug *event);

/* At a call or return event in L. Whether step_mask may have changed. */
bool step_at_call(struct step *step, lua_State *L, bool tail);
bool step_at_return(struct step *step, lua_State *L);

/* A thread is gone. Whether it was the target's. */
void step_forget(struct step *step, const lua_State *L);

#endif
