/* SPDX-License-Identifier: MIT */
/*
 * sources: what the program has loaded, for DAP's loadedSources. A chunk is known once a function
 * of it has been seen running (by the figures, the hook or a stop), or when it is found among the
 * functions that package.loaded holds.
 *
 * Files are announced as they are found out. A program may load any number of strings: only the
 * first of them are, but all that there are can be listed.
 */
#ifndef LUAHEAT_SERVE_SOURCES_H
#define LUAHEAT_SERVE_SOURCES_H

struct server;

/* Announces what is new. */
void sources_tell_new(struct server *server);

/* Looks for chunks on the stack of the thread that has stopped. */
void sources_look_at_stack(struct server *server);

#endif
