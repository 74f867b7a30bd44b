/* SPDX-License-Identifier: MIT */
/*
 * terms: under which terms a breakpoint holds, beside its place: a condition, a count of hits, and
 * a message to be logged instead of stopping. All kinds of breakpoints have them. Here they are
 * read and checked; whoever can run Lua code decides whether they hold.
 */
#ifndef LUAHEAT_CONTROL_TERMS_H
#define LUAHEAT_CONTROL_TERMS_H

#include "hit_count.h"
#include "log_message.h"

#include <stdbool.h>
#include <stdint.h>

/* All zero: it always holds. */
struct terms {
    char *condition; /* a Lua expression; NULL: none */
    char *hit_text, *log_text;
    struct hit_count hit_count;
    struct log_message log;
    uint64_t hits;  /* with a true condition */
    int kept;       /* what the evaluator made of the condition; 0: nothing yet */
    unsigned asked; /* the evaluator's mark of when it did */
    bool told;      /* an error of the code has been told */
    bool hopeless;  /* the code does not come to an end: it is not run any more */
};

/* Blank texts and NULL mean none. NULL, or what is wrong with them, for the user; the caller's to
   free(). Either way end with terms_finish(). */
char *terms_read(struct terms *terms, const char *condition, const char *hit_text,
                 const char *log_text);
void terms_finish(struct terms *terms);

/* Do they say the same? */
bool terms_same(const struct terms *a, const struct terms *b);

/* Does it take more than being there to hold? */
static inline bool terms_any(const struct terms *terms) {
    return terms->condition != NULL || terms->hit_text != NULL || terms->log_text != NULL;
}

#endif
