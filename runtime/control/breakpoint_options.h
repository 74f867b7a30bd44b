/* SPDX-License-Identifier: MIT */
/*
 * breakpoint_options: what DAP gives a breakpoint beside its place: a condition and a count of hits
 * decide whether it is hit; its mode and a log message, what it does then: it stops the program, or
 * logs, or opens or closes a window of a measurement. All kinds of breakpoints have options. Here
 * they are read and checked; whoever can run Lua code decides whether they hold.
 *
 * A hit count is DAP's hitCondition: at which hits a breakpoint holds. `N` and `==N` mean the Nth
 * hit (as in VS Code's own debugger for JavaScript and in debugpy), `>N`, `>=N`, `<N`, `<=N`
 * compare, and `%N` means every Nth. A hit is counted when the breakpoint's condition, if any, is
 * true.
 */
#ifndef LUAHEAT_CONTROL_BREAKPOINT_OPTIONS_H
#define LUAHEAT_CONTROL_BREAKPOINT_OPTIONS_H

#include "log_message.h"

#include <stdbool.h>
#include <stdint.h>

enum hit_relation {
    HIT_ANY,
    HIT_EQUAL,
    HIT_MORE,
    HIT_AT_LEAST,
    HIT_LESS,
    HIT_AT_MOST,
    HIT_MULTIPLE,
};

/* All zero: every hit. */
struct hit_count {
    enum hit_relation relation;
    uint64_t number;
};

/* NULL and blank text mean every hit. False if it is not understood. */
bool hit_count_parse(struct hit_count *hit_count, const char *text);

/* hits: how many there have been, this one included. */
bool hit_count_holds(const struct hit_count *hit_count, uint64_t hits);

/* DAP's modes of a breakpoint. */
enum breakpoint_mode {
    BREAKPOINT_STOP,
    BREAKPOINT_WINDOW_START,
    BREAKPOINT_WINDOW_STOP,
    BREAKPOINT_WINDOW_LAP
};

/* What is asked for, in DAP's words; blank texts and NULL mean none. */
struct breakpoint_options_asked {
    const char *condition, *hit_count, *log_message, *mode;
};

/* All zero: it always holds, and stops the program. */
struct breakpoint_options {
    enum breakpoint_mode mode;
    char *condition; /* a Lua expression; NULL: none */
    char *hit_text;
    char *log_text;  /* the message; of a window the measurement's name */
    int measurement; /* of a window: which (measurements.h) */
    struct hit_count hit_count;
    struct log_message log;
    uint64_t hits;  /* with a true condition */
    int kept;       /* what the evaluator made of the condition; 0: nothing yet */
    unsigned asked; /* the evaluator's mark of when it did */
    bool told;      /* an error of the code has been told */
    bool hopeless;  /* the code does not come to an end: it is not run any more */
};

/* NULL, or what is wrong with them, for the user; the caller's to free(). Either way end with
   breakpoint_options_finish(). */
char *breakpoint_options_read(struct breakpoint_options *options,
                              const struct breakpoint_options_asked *asked);
void breakpoint_options_finish(struct breakpoint_options *options);

/* Do they say the same? */
bool breakpoint_options_same(const struct breakpoint_options *a,
                             const struct breakpoint_options *b);

/* Does it take more than being there to stop the program? */
static inline bool breakpoint_options_any(const struct breakpoint_options *options) {
    return options->mode != BREAKPOINT_STOP || options->condition != NULL ||
           options->hit_text != NULL || options->log_text != NULL;
}

#endif
