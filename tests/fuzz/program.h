/* SPDX-License-Identifier: MIT */
/*
 * program: a small Lua program with something of each kind in it, for targets that want a state to
 * look at or figures to read. It calls the global function `stop` at its innermost place.
 */
#ifndef LUAHEAT_TESTS_PROGRAM_H
#define LUAHEAT_TESTS_PROGRAM_H

struct figures;
struct lua_State;

/* Opens the standard libraries without what reaches out of the process, waits, or can break Lua
   itself: what is evaluated in the program may be anything. */
void program_open_libraries(struct lua_State *L);

/* Runs it, measured, sampled and with windows, into figures that are all zero. (program_figures.c)
 */
void program_measure(struct figures *figures);

/* Pushes the program as a function; the chunk is "@fuzzed.lua". */
void program_load(struct lua_State *L);

#endif
