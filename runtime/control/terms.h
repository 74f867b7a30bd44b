/* SPDX-License-Identifier: MIT */
/*
 * terms: under which terms a breakpoint holds, beside its place: a condition and a count of hits;
 * and what it does then: it stops the program, or logs a message, or opens or closes a window of a
 * measurement. All kinds of breakpoints have them. Here they are read and checked; whoever can run
 * Lua code decides whether they hold.
 */
#ifndef LUAHEAT_CONTROL_TERMS_H
#define LUAHEAT_CONTROL_TERMS_H

#include "hit_count.h"
#include "log_message.h"

#include <stdbool.h>
#include <stdint.h>

/* DAP's modes of a breakpoint. */
enum terms_mode { TERMS_STOP, TERMS_WINDOW_START, TERMS_WINDOW_STOP, TERMS_WINDOW_LAP };

/* What is asked for, in DAP's words; blank texts and NULL mean none. */
struct terms_asked {
    const char *condition, *hit_count, *log_message, *mode;
};

/* All zero: it always holds, and stops the program. */
struct terms {
    enum terms_mode mode;
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
   terms_finish(). */
char *terms_read(struct terms *terms, const struct terms_asked *asked);
void terms_finish(struct terms *terms);

/* Do they say the same? */
bool terms_same(const struct terms *a, const struct terms *b);

/* Does it take more than being there to stop the program? */
static inline bool terms_any(const struct terms *terms) {
    return terms->mode != TERMS_STOP || terms->condition != NULL || terms->hit_text != NULL ||
           terms->log_text != NULL;
}

#endif
