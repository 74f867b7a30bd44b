/* SPDX-License-Identifier: MIT */
/*
 * joining: a program that was started by one that is debugged, or by a child of such a one, lets
 * itself be debugged too (LINK_ENV_PARENT), if there is somebody who wants that.
 */
#ifndef LUAHEAT_DOOR_JOINING_H
#define LUAHEAT_DOOR_JOINING_H

#include "handed.h"

#include <stdbool.h>

/* Tells the session that listens at that path of us, under that name, and waits for the adapter
   that it has come to us (LINK_JOIN_MS). False, at once if it can be told: nobody comes, and
   nothing is handed over. */
bool joining_meet(const char *session, const char *name, struct handed *handed);

#endif
