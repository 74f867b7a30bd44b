/* SPDX-License-Identifier: MIT */
#include "debugger.h"

#include "call_info.h"

#include <stdlib.h>

static void inherit(void *extra, const void *makers) {
    struct thread_hook *hook = extra;
    *hook = *(const struct thread_hook *)makers;
    hook->lines = false;
    hook->progress = NULL;
}

static void finish(void *extra) {
    const struct thread_hook *hook = extra;
    free(hook->progress);
}

int debugger_init(struct debugger *debugger, struct figures *figures,
                  const struct debugger_listener *listener) {
    *debugger =
        (struct debugger){.listener = *listener, .life = -1, .reads_calls = call_info_is_proven()};
    int error = account_init(&debugger->account, figures);
    static const struct threads_extra extra = {sizeof(struct thread_hook), inherit, finish};
    debugger->account.owner.data = debugger;
    debugger->account.threads.extra = &extra;
    return error;
}

void debugger_finish(struct debugger *debugger) {
    account_finish(&debugger->account);
    flow_cache_finish(&debugger->flows);
    function_breakpoints_finish(&debugger->function_breakpoints);
    breakpoints_finish(&debugger->breakpoints);
}
