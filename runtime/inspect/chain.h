/* SPDX-License-Identifier: MIT */
/*
 * chain: a name with .fields and [literals] behind it, like `self.items[3]`: the expressions that
 * can be looked up without running code. Locals, upvalues and _ENV are found as Lua's scoping has
 * it; tables are accessed raw, and an __index that is itself a table is followed.
 */
#ifndef LUAHEAT_INSPECT_CHAIN_H
#define LUAHEAT_INSPECT_CHAIN_H

#include "place.h"

struct stop;

enum chain_outcome {
    CHAIN_FOUND,      /* the value is what evaluating the expression would give; it may be nil */
    CHAIN_NEEDS_CODE, /* a function would have to run, or it is an error */
    CHAIN_NONE,       /* the expression is of another kind */
};

/* frame: 0 for globals only. CHAIN_FOUND: the value is pushed on the stopped thread's stack and
 *place is where it is (without meaning for nil). */
enum chain_outcome chain_find(struct stop *stop, int frame, const char *expression,
                              struct place *place);

#endif
