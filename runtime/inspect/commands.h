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

struct stop;

/* Code is about to run at the stop that may ask: its scope has the table until it has run. */
void commands_begin(struct stop *stop);

/* What it asked, the caller's to delete; NULL: nothing. */
cJSON *commands_end(struct stop *stop);

/* The names of its functions, and how each is called; the last is NULL. */
struct command_name {
    const char *name, *detail;
};
extern const struct command_name commands_names[];

#endif
