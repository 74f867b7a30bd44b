/* SPDX-License-Identifier: MIT */
/*
 * visitors: those who have come to a doorway and have not greeted yet. Each may take its time, up
 * to LINK_GREETING_MS; nobody is waited for. It never calls Lua.
 */
#ifndef LUAHEAT_DOOR_VISITORS_H
#define LUAHEAT_DOOR_VISITORS_H

#include "greeting.h"

#include <stddef.h>

enum { VISITORS_MOST = 4 };

struct visitor {
    struct greeting greeting;
    int64_t deadline;
};

struct visitors {
    struct visitor list[VISITORS_MOST]; /* the oldest first */
    size_t count;
    void (*watch)(void *data, int fd, bool on); /* something may come over it, or no more */
    void *data;
};

/* Lets in who waits at the socket (with more than VISITORS_MOST the oldest goes), and hears what
   they say. True: one has greeted and fits: it is none of the visitors any more, and the caller's
   with all that it hands over. Those that are of another user, have said something else or taken
   too long are gone then. */
bool visitors_look(struct visitors *visitors, int listening, struct handed *handed);

/* All of them go. why: what they are told; NULL: nothing. */
void visitors_dismiss(struct visitors *visitors, const char *why);

/* This is a child of the process, to which they have not come. */
void visitors_forked(struct visitors *visitors);

#endif
