/* SPDX-License-Identifier: MIT */
/*
 * sources: what the program has loaded, for DAP's loadedSources. A chunk is known once a function
 * of it has been seen running (by the figures, the hook or a stop), or when it is found among the
 * functions that package.loaded holds.
 *
 * Files are announced as they are found out. A program may load any number of strings: only the
 * first SOURCES_ANNOUNCED of them are, but all that there are can be listed.
 */
#ifndef LUAHEAT_SERVE_SOURCES_H
#define LUAHEAT_SERVE_SOURCES_H

#include "chunks.h"

#include <cjson/cJSON.h>
#include <lua.h>

enum { SOURCES_ANNOUNCED = 100 };

/* All zero: nothing has been announced. */
struct sources {
    int strings; /* that have been looked at: code that was no file */
};

/* The next source to be announced (DAP's Source), or NULL. */
cJSON *sources_next_new(struct sources *sources, struct chunks *chunks);

/* All that there are, or of which there are figures. */
cJSON *sources_list(struct chunks *chunks);

/* Looks for chunks on the stack of a thread that has stopped. */
void sources_look_at_stack(struct chunks *chunks, lua_State *L);

/* Looks for chunks in package.loaded, with raw access. Needs 8 free slots. */
void sources_look_at_modules(struct chunks *chunks, lua_State *L);

#endif
