/* SPDX-License-Identifier: MIT */
#include "functions.h"

/* A thread deeper than this is taken to hold a breakpoint: finding a frame by level costs its
   depth, so looking at every frame would cost the square. */
enum { LOOK_DEPTH = 200 };

/* lua_getinfo's "S" takes longer than all else that a call event costs. */
struct known_function *functions_meet(struct debugger *debugger, lua_State *L, lua_Debug *frame,
                                      const void *address) {
    struct chunks *chunks = &debugger->account.chunks;
    struct known_function *function = &debugger->functions[account_function_place(address)];
    struct chunk *before = function->chunk;
    lua_getinfo(L, "S", frame);
    *function = (struct known_function){.address = address,
                                        .met = ++debugger->met,
                                        .linedefined = frame->linedefined,
                                        .is_main = *frame->what == 'm',
                                        .holds_version = debugger->breakpoints.version - 1,
                                        .dull_version = debugger->breakpoints.version - 1};
    if (*frame->what != 'C')
        function->chunk = chunks_find(chunks, frame->source, frame->srclen);
    if (function->chunk != NULL)
        chunks_use(function->chunk);
    chunks_release(chunks, before);
    account_remember_function(&debugger->account, address);
    return function;
}

bool functions_look(struct debugger *debugger, struct known_function *function) {
    const struct breakpoint_file *file = breakpoints_of(&debugger->breakpoints, function->chunk);
    const struct breakpoint_function *known =
        file != NULL ? breakpoints_in_function(file, function->linedefined) : NULL;
    function->holds = known != NULL;
    function->follows = known != NULL && known->follows;
    function->holds_version = debugger->breakpoints.version;
    function->dull_version = debugger->breakpoints.version - (function->holds || function->is_main);
    return function->holds;
}

bool functions_on_stack(struct debugger *debugger, lua_State *L) {
    lua_Debug frame;
    int level = 0;
    for (; level < LOOK_DEPTH && lua_getstack(L, level, &frame); level++)
        if (functions_holds(debugger, functions_of(debugger, L, &frame)))
            return true;
    return level == LOOK_DEPTH;
}

const struct flow *functions_flow(struct debugger *debugger, lua_State *L, lua_Debug *frame,
                                  struct known_function *function) {
    if (function->flow == NULL && function->chunk != NULL)
        function->flow = flow_cache_find(&debugger->flows, L, frame, function->chunk);
    return function->flow;
}
