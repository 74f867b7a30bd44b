/* SPDX-License-Identifier: MIT */
#include "statements.h"

#include "functions.h"
#include "progress.h"

#include <stdlib.h>

/* So many frames of a thread are looked at when breakpoints change. */
enum { PROGRESS_DEPTH = 200 };

static void keep_progress(struct debugger *debugger, struct thread *thread) {
    struct progress_table *old = hook_of(thread)->progress, *now = NULL;
    lua_Debug frame;
    for (int level = 0; level < PROGRESS_DEPTH && debugger->breakpoints.followed > 0; level++) {
        if (!lua_getstack(thread->L, level, &frame))
            break;
        if (!functions_follows(debugger, functions_of(debugger, thread->L, &frame)))
            continue;
        const struct progress *known = old != NULL ? progress_find(old, frame.i_ci) : NULL;
        lua_getinfo(thread->L, "l", &frame);
        struct progress *kept = progress_of(&now, frame.i_ci);
        if (kept != NULL)
            *kept = known != NULL
                        ? *known
                        : (struct progress){.frame = frame.i_ci, .line = frame.currentline};
    }
    hook_of(thread)->progress = now;
    free(old);
}

void statements_look(struct debugger *debugger, struct thread *thread) {
    struct thread_hook *hook = hook_of(thread);
    hook->lines = debugger->breakpoints.verified > 0 && functions_on_stack(debugger, thread->L);
    keep_progress(debugger, thread);
    hook->asleep = false;
    hook->breakpoints_version = debugger->breakpoints.version;
}

bool statements_line_begins(struct debugger *debugger, struct thread *thread, lua_Debug *event) {
    if (debugger->breakpoints.followed == 0)
        return true;
    struct known_function *function = functions_of(debugger, thread->L, event);
    if (!functions_follows(debugger, function))
        return true;
    const struct flow *flow = functions_flow(debugger, thread->L, event, function);
    struct progress *progress = progress_of(&hook_of(thread)->progress, event->i_ci);
    return flow == NULL || progress == NULL || progress_begins(progress, flow, event->currentline);
}

bool statements_step_ends(struct debugger *debugger, struct thread *thread, lua_Debug *event,
                          bool begun) {
    struct step *step = &debugger->step;
    if (step_counts(step, thread->L) || step->began.frame != (const void *)event->i_ci)
        return true;
    struct known_function *function = functions_of(debugger, thread->L, event);
    if (functions_follows(debugger, function))
        return begun;
    const struct flow *flow = functions_flow(debugger, thread->L, event, function);
    return flow == NULL || progress_begins(&step->began, flow, event->currentline);
}
