/* SPDX-License-Identifier: MIT */
/*
 * chain_value: what a chain leads to, like `self.items[3]` (chain.h), without running code. Locals,
 * upvalues and _ENV are found as Lua's scoping has it; tables are accessed raw, and an __index that
 * is itself a table is followed.
 */
#ifndef LUAHEAT_INSPECT_CHAIN_VALUE_H
#define LUAHEAT_INSPECT_CHAIN_VALUE_H

#include "chain.h"
#include "value_path.h"

#include <stdbool.h>

struct stop;

/* frame: 0 for globals only. If it is such a chain: pushes what evaluating it would give, which may
   be nil, on the stopped thread's stack; *path is where that is (without meaning for nil). False,
   nothing pushed: it is not, or a function would have to run, or it is an error, or it is about a
   constant, of which nothing is left (constants.h). */
bool chain_value_find(struct stop *stop, int frame, const char *expression,
                      struct value_path *path);

/* Pushes what is the key of a link that is no string, nor a name; the same is to be said of a chain
   as above. */
bool chain_value_push_key(struct stop *stop, int frame, const struct chain_link *link);

/* Is it the name of a constant that is in scope? */
bool chain_value_is_constant(struct stop *stop, int frame, const struct chain_link *name);

#endif
