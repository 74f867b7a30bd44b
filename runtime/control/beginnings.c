/* SPDX-License-Identifier: MIT */
#include "beginnings.h"

#include "holders.h"

#include <stdlib.h>

/* So many frames of a thread are looked at when breakpoints change. */
enum { PROGRESS_DEPTH = 200 };

void beginnings_keep(struct debugger *debugger, struct thread *thread) {
    struct progress_table *old = thread->progress;
    lua_Debug frame;
    thread->progress = NULL;
    for (int level = 0; level < PROGRESS_DEPTH && debugger->breakpoints.followed > 0; level++) {
        if (!lua_getstack(thread->L, level, &frame))
            break;
        if (!holders_follows(debugger, holders_function(debugger, thread->L, &frame)))
            continue;
        const struct progress *known = old != NULL ? progress_find(old, frame.i_ci) : NULL;
        lua_getinfo(thread->L, "l", &frame);
        struct progress *kept = progress_of(&thread->progress, frame.i_ci);
        if (kept != NULL)
            *kept = known != NULL
                        ? *known
                        : (struct progress){.frame = frame.i_ci, .line = frame.currentline};
    }
    free(old);
}

static const struct flow *flow_of(struct debugger *debugger, lua_State *L, lua_Debug *event,
                                  struct chunk_function *function) {
    if (function->flow == NULL && function->chunk != NULL)
        function->flow = flows_find(&debugger->flows, L, event, function->chunk);
    return function->flow;
}

bool beginnings_begins(struct debugger *debugger, struct thread *thread, lua_Debug *event) {
    if (debugger->breakpoints.followed == 0)
        return true;
    struct chunk_function *function = holders_function(debugger, thread->L, event);
    if (!holders_follows(debugger, function))
        return true;
    const struct flow *flow = flow_of(debugger, thread->L, event, function);
    struct progress *progress = progress_of(&thread->progress, event->i_ci);
    return flow == NULL || progress == NULL || progress_begins(progress, flow, event->currentline);
}

bool beginnings_step_ends(struct debugger *debugger, struct thread *thread, lua_Debug *event,
                          bool begun) {
    struct step *step = &debugger->step;
    if (step_counts(step, thread->L) || step->began.frame != (const void *)event->i_ci)
        return true;
    struct chunk_function *function = holders_function(debugger, thread->L, event);
    if (holders_follows(debugger, function))
        return begun;
    const struct flow *flow = flow_of(debugger, thread->L, event, function);
    return flow == NULL || progress_begins(&step->began, flow, event->currentline);
}
