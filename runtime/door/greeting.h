/* SPDX-License-Identifier: MIT */
/*
 * greeting: what an adapter says first over a socket at which it has met a program that it did not
 * start (link/link.h). It comes in pieces, from a peer that may be slow, or anybody: nothing here
 * waits, and nothing is believed.
 */
#ifndef LUAHEAT_DOOR_GREETING_H
#define LUAHEAT_DOOR_GREETING_H

#include "handed.h"
#include "link.h"

#include <stdbool.h>

enum greeting_state {
    GREETING_AWAITED, /* more is to come */
    GREETING_HEARD,
    GREETING_NONE, /* it says something else, or has gone */
};

struct greeting {
    int socket; /* connected; the caller's */
    char *text; /* what has come */
    size_t size;
    int descriptors[LINK_DESCRIPTORS];
    size_t count;
};

void greeting_begin(struct greeting *greeting, int socket);

/* Takes in what has come. To be called when something has, until it is no more awaited. */
enum greeting_state greeting_read(struct greeting *greeting);

enum { GREETING_PROBLEM_BYTES = 256 };

/* What one that was heard hands over: all but the link, which is the socket. False: it cannot be
   used, and nothing is handed over. `problem` says why not, for the user, or is "" if the peer is
   no adapter. */
bool greeting_take(struct greeting *greeting, struct handed *handed,
                   char problem[GREETING_PROBLEM_BYTES]);

/* Closes what nobody has taken. */
void greeting_finish(struct greeting *greeting);

#endif
