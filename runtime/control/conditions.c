/* SPDX-License-Identifier: MIT */
#include "conditions.h"

#include "expressions.h"

/* One that has been looked at before has its condition compiled. */
static bool fails(struct expressions *expressions, lua_State *L, lua_Debug *event,
                  const struct known_function *function, const struct breakpoint *breakpoint) {
    const struct breakpoint_options *options = &breakpoint->options;
    return options->condition != NULL && options->kept != 0 && !options->hopeless &&
           options->asked == expressions->version + 1 &&
           expressions_test_bound(expressions, L, event, options->kept, function->met) ==
               EXPRESSIONS_FALSE;
}

bool conditions_fail(struct debugger *debugger, lua_State *L, lua_Debug *event,
                     const struct known_function *function) {
    const struct breakpoint_file *file =
        debugger->expressions != NULL ? breakpoints_of(&debugger->breakpoints, function->chunk)
                                      : NULL;
    bool any = false;
    for (size_t i = 0; file != NULL && i < file->count; i++) {
        const struct breakpoint *breakpoint = &file->breakpoints[i];
        if (breakpoint->line != event->currentline)
            continue;
        if (!fails(debugger->expressions, L, event, function, breakpoint))
            return false;
        any = true;
    }
    return any;
}
