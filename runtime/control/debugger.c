/* SPDX-License-Identifier: MIT */
#include "debugger.h"

#include "hook.h"
#include "library.h"
#include "process.h"

int debugger_init(struct debugger *debugger, struct figures *figures,
                  const struct debugger_listener *listener) {
    *debugger = (struct debugger){.listener = *listener};
    int error = account_init(&debugger->account, figures);
    debugger->account.owner = debugger;
    return error;
}

void debugger_adopt(struct debugger *debugger, lua_State *L) {
    library_replace_coroutine(debugger, L);
    library_replace_base(debugger, L);
    library_replace_debug(debugger, L);
    library_replace_os(debugger, L);
    hook_refresh_running(debugger);
}

void debugger_finish(struct debugger *debugger) {
    breakpoints_finish(&debugger->breakpoints);
    flows_finish(&debugger->flows);
    function_breakpoints_finish(&debugger->functions);
    account_finish(&debugger->account);
}

void debugger_forked(struct debugger *debugger) {
    account_forked(&debugger->account);
    debugger->forked = true;
    debugger->attached = debugger->pausing = false;
    debugger->attention &= ATTENTION_INTERRUPT;
    if (!elsewhere()) /* else its state is in the middle of something */
        hook_refresh_running(debugger);
}

/* A step is over as soon as the program stops for whatever reason. It is set anew, if at all, while
   the program is stopped. */
bool debugger_stop(struct debugger *debugger, lua_State *L, const struct debugger_stop *stop) {
    process_look();
    if (debugger->forked || !debugger->listener.on_stop(debugger->listener.data, L, stop))
        return false;
    hook_refresh_running(debugger);
    return true;
}
