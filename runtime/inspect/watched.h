/* SPDX-License-Identifier: MIT */
/*
 * watched: what a client means that wants a variable watched: the child of something unfolded, or
 * an expression in a frame.
 */
#ifndef LUAHEAT_INSPECT_WATCHED_H
#define LUAHEAT_INSPECT_WATCHED_H

#include "inspect.h"
#include "watch.h"

/* dataBreakpointInfo. The watch, the caller's to destroy; a WATCH_PATH wherever names lead there,
   as that may be kept from session to session. NULL with the problem told. */
struct watch *watched_find(struct stop *stop, struct expressions *expressions,
                           const cJSON *arguments, struct inspect_problem *problem);

#endif
