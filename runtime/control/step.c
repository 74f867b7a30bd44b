/* SPDX-License-Identifier: MIT */
#include "step.h"

#include <stddef.h>

static const void *frame_at(lua_State *L, int level) {
    lua_Debug frame;
    return lua_getstack(L, level, &frame) ? (const void *)frame.i_ci : NULL;
}

void step_begin(struct step *step, enum step_kind kind, lua_State *L, int line) {
    lua_Debug stopped;
    *step = (struct step){.kind = kind, .thread = L};
    if (lua_getstack(L, 0, &stopped) && lua_getinfo(L, "l", &stopped))
        step->began =
            (struct progress){.frame = stopped.i_ci, .line = line > 0 ? line : stopped.currentline};
    step->frame = frame_at(L, kind == STEP_OUT ? 1 : 0);
    step->above = kind == STEP_OUT ? 1 : 0;
}

int step_mask(const struct step *step, const lua_State *L, bool in_chain) {
    if (step->kind == STEP_NONE)
        return 0;
    int mask = step->kind == STEP_IN ? LUA_MASKLINE : 0;
    if (step->entry)
        return mask;
    if (step->thread == L)
        mask |= LUA_MASKCALL | LUA_MASKRET | (step->above == 0 ? LUA_MASKLINE : 0);
    else if (in_chain || step->thread == NULL)
        mask |= LUA_MASKRET;
    return step_counts(step, L) ? mask | LUA_MASKCOUNT : mask;
}

/* Has the target's thread ended, or for a step out yielded, so that who resumed it takes over? */
static bool left(const struct step *step) {
    if (step->thread == NULL)
        return true;
    int status = lua_status(step->thread);
    if (status == LUA_YIELD)
        return step->kind == STEP_OUT;
    return status != LUA_OK || frame_at(step->thread, 0) == NULL;
}

/* At a return to the target, which the step was waiting for: it ends at the target's next
   instruction. A function without lines has none to stop at. */
static void arrive(struct step *step, lua_State *L) {
    lua_Debug target;
    step->call_line = 0;
    if (lua_getstack(L, 1, &target) && lua_getinfo(L, "l", &target) && target.currentline > 0)
        step->call_line = target.currentline;
}

/* L returns from a function to its caller: that is the target from here on. */
static void take_over(struct step *step, lua_State *L) {
    step->thread = L;
    step->frame = frame_at(L, 1);
    step->above = 0;
    if (step->kind == STEP_OUT)
        step->kind = STEP_OVER;
    arrive(step, L);
}

bool step_at_line(struct step *step, lua_State *L) {
    if (step->kind == STEP_IN)
        return true;
    return step->kind != STEP_NONE && step->thread == L && step->above == 0;
}

bool step_at_count(struct step *step, lua_State *L, lua_Debug *event) {
    if (!step_counts(step, L) || step->frame != (const void *)event->i_ci)
        return false;
    lua_getinfo(L, "l", event);
    return event->currentline == step->call_line;
}

bool step_at_call(struct step *step, lua_State *L, bool tail) {
    if (step->thread != L || step->kind == STEP_NONE)
        return false;
    step->leaf = frame_at(L, 0);
    if (tail && step->above > 0)
        return false;
    if (tail)
        step->frame = frame_at(L, 1); /* the callee has taken the target's place */
    step->above++;
    return step->above == 1;
}

static bool in_c_function(lua_State *L) {
    lua_Debug frame;
    return lua_getstack(L, 0, &frame) && lua_getinfo(L, "S", &frame) && *frame.what == 'C';
}

/* How many frames lie above the target now, the returning one included; -1 if the target is gone.
 */
static int count_above(const struct step *step, lua_State *L) {
    lua_Debug frame;
    for (int level = 0; level <= step->above && lua_getstack(L, level, &frame); level++)
        if ((const void *)frame.i_ci == step->frame)
            return level;
    return step->frame == NULL ? step->above : -1;
}

bool step_at_return(struct step *step, lua_State *L) {
    if (step->kind == STEP_NONE || step->entry)
        return false;
    if (step->thread != L) {
        if (!left(step))
            return false;
        take_over(step, L);
        return true;
    }
    if (step->leaf != frame_at(L, 0) && step->above > 0 && in_c_function(L))
        step->above = count_above(step, L);
    step->leaf = NULL;
    step->above--;
    if (step->above > 0)
        return false;
    if (step->above < 0)
        take_over(step, L);
    else if (step->kind == STEP_OUT)
        arrive(step, L);
    return true;
}

void step_forget(struct step *step, const lua_State *L) {
    if (step->thread == L)
        step->thread = NULL;
}
