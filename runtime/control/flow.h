/* SPDX-License-Identifier: MIT */
/*
 * flow: in which order the lines of a function can run: the places at which Lua can tell of a line,
 * and which of them can be next after which. Lua tells of a line when it comes to an instruction of
 * another line, or jumps back.
 *
 * So a statement of several lines comes back to its first one without beginning it again: in
 *
 *     print(f(     -- 1: load the functions; at last, call them
 *         x))      -- 2: load the argument
 *
 * the order is 1, 2, 1. Without a jump back a line begins once, however often it is come to. A loop
 * jumps back; the end of a `for`, where its counter or iterator goes on, begins its line, too.
 */
#ifndef LUAHEAT_CONTROL_FLOW_H
#define LUAHEAT_CONTROL_FLOW_H

#include "array.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dump_function;

struct flow_edge {
    uint32_t to; /* a place */
    bool again;  /* by a jump back, or to the end of a `for`: the line begins */
};

struct flow_place {
    int line;
    uint32_t first, last;  /* places of that line; of these the last is no end of a `for` */
    uint32_t edge, behind; /* its edges: from `edge` to before `behind` */
};

/* In the order of the code. Place 0 is before the function begins: no line. */
struct flow {
    struct flow_place *places;
    uint32_t count;
    ARRAY(struct flow_edge) edges;
};

/* 0; -ENOMEM; -E2BIG: it is not worth the effort. Ends with flow_finish(), also then. */
int flow_of_function(struct flow *flow, const struct dump_function *function);
void flow_finish(struct flow *flow);

bool flow_same(const struct flow *a, const struct flow *b);

/* Is the instruction the end of a `for`? */
bool flow_ends_loop(const struct dump_function *function, size_t pc);

/* Can Lua tell of the instruction's line again right after it, though it does not begin? */
bool flow_comes_back(const struct dump_function *function, size_t pc);

#endif
