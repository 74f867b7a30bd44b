/* SPDX-License-Identifier: MIT */
/*
 * hit_count: DAP's hitCondition: at which hits a breakpoint holds. `N` and `==N` mean the Nth hit
 * (as in VS Code's own debugger for JavaScript and in debugpy), `>N`, `>=N`, `<N`, `<=N` compare,
 * and `%N` means every Nth. A hit is counted when the breakpoint's condition, if any, is true.
 */
#ifndef LUAHEAT_CONTROL_HIT_COUNT_H
#define LUAHEAT_CONTROL_HIT_COUNT_H

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

#endif
