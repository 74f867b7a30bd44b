/* SPDX-License-Identifier: MIT */
/*
 * commands: what code of the console has beside the program's names: the table `luaheat`, whose
 * functions look at memory: luaheat.top(), luaheat.collect(). It is there where the program has no
 * such name, and made when it is used: until then the program's heap has nothing of it.
 *
 * The figures are the adapter's to read: a function notes what was asked, and the answer to the
 * evaluation takes it there, as its member "luaheat": [{"command": "top", "count": 10}].
 */
#ifndef LUAHEAT_INSPECT_COMMANDS_H
#define LUAHEAT_INSPECT_COMMANDS_H

#include <cjson/cJSON.h>
#include <lua.h>
#include <stdbool.h>

#define COMMANDS_TABLE "luaheat"

/* Code is about to run that may ask. What it asks is kept at `asked`, which must outlive the state,
   as functions of the table may; NULL there: nothing can be asked. */
void commands_begin(cJSON **asked);

/* It has run. What it asked, the caller's to delete; NULL: nothing. */
cJSON *commands_end(cJSON **asked);

/* Pushes the table: a scope's `push_beside` (environment.h), whose data is `asked`. */
bool commands_push(lua_State *L, void *asked, const char *name);

/* The names of its functions, and how each is called; the last is NULL. */
struct command_name {
    const char *name, *detail;
};
extern const struct command_name commands_names[];

#endif
