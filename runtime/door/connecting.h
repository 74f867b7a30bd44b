/* SPDX-License-Identifier: MIT */
/*
 * connecting: a program goes to an adapter that waits for it (LINK_ENV_CONNECT).
 */
#ifndef LUAHEAT_DOOR_CONNECTING_H
#define LUAHEAT_DOOR_CONNECTING_H

#include "handed.h"

#include <stdbool.h>

enum { CONNECTING_PROBLEM_BYTES = 512 };

/* Connects, and waits for the greeting, for as long as that may take (LINK_GREETING_MS). False:
   nothing is handed over, and `problem` says why not; an adapter that greets and does not fit has
   been told, too. */
bool connecting_meet(const char *path, struct handed *handed,
                     char problem[CONNECTING_PROBLEM_BYTES]);

/* The same over a connected socket, which becomes the link, or stays the caller's. */
bool connecting_greeted(int socket, struct handed *handed, char problem[CONNECTING_PROBLEM_BYTES]);

#endif
