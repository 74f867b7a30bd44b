/* SPDX-License-Identifier: MIT */
#include "holders.h"

/* A thread deeper than this is taken to hold a breakpoint: finding a frame by level costs its
   depth, so looking at every frame would cost the square. */
enum { LOOK_DEPTH = 200 };

/* lua_getinfo's "S" takes longer than all else that a call event costs. */
struct chunk_function *holders_meet(struct debugger *debugger, lua_State *L, lua_Debug *frame,
                                    const void *function) {
    lua_getinfo(L, "S", frame);
    struct chunk_function known = {.function = function,
                                   .linedefined = frame->linedefined,
                                   .is_main = *frame->what == 'm',
                                   .holds_version = debugger->breakpoints.version - 1};
    if (*frame->what != 'C')
        known.chunk = chunks_find(&debugger->account.chunks, frame->source, frame->srclen);
    return chunks_remember(&debugger->account.chunks, &known);
}

bool holders_find(struct debugger *debugger, struct chunk_function *function) {
    const struct breakpoints *breakpoints = &debugger->breakpoints;
    const struct breakpoint_file *file = breakpoints_of(breakpoints, function->chunk);
    const struct breakpoint_function *known =
        file != NULL ? breakpoints_in_function(file, function->linedefined) : NULL;
    function->holds = known != NULL;
    function->follows = known != NULL && known->follows;
    function->holds_version = breakpoints->version;
    return function->holds;
}

bool holders_on_stack(struct debugger *debugger, lua_State *L) {
    lua_Debug frame;
    int level = 0;
    for (; level < LOOK_DEPTH && lua_getstack(L, level, &frame); level++)
        if (holders_holds(debugger, holders_function(debugger, L, &frame)))
            return true;
    return level == LOOK_DEPTH;
}
