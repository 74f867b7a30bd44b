/* SPDX-License-Identifier: MIT */
/*
 * call_tree: the tree of calls in link/stacks.h, as it grows: finds the function and the node of a
 * call, or makes them. Knows neither Lua nor what is sampled.
 */
#ifndef LUAHEAT_ACCOUNT_CALL_TREE_H
#define LUAHEAT_ACCOUNT_CALL_TREE_H

#include "stacks.h"

#include <stddef.h>
#include <stdint.h>

struct call_tree {
    struct stacks_figures *shared;
    uint32_t *functions, *nodes; /* hash tables, twice as large as what they index; 0: free */
};

/* In zeroed figures. 0 or -ENOMEM (nothing to finish then). */
int call_tree_init(struct call_tree *tree, struct stacks_figures *shared);
void call_tree_finish(struct call_tree *tree);

/* The function that is defined there. `name` is what it is called here; NULL: unknown. The first
   name stays. */
uint32_t call_tree_function(struct call_tree *tree, uint32_t source, uint32_t line,
                            const char *name);

/* C functions are told apart by their names. NULL: unknown. */
uint32_t call_tree_c_function(struct call_tree *tree, const char *name);

/* Where a call is: as stacks_node has it. The site goes with the other two. */
struct call_tree_place {
    uint32_t function, line, site;
};

/* A call there, from the node `parent`. STACKS_OVERFLOW if there is no room. */
uint32_t call_tree_node(struct call_tree *tree, uint32_t parent, struct call_tree_place place);

#endif
