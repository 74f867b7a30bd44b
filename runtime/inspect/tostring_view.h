/* SPDX-License-Identifier: MIT */
/*
 * tostring_view: what a value's __tostring says of it. That is code of the program, so it is run
 * only when the user unfolds the child that stands for it, under the limits of an evaluation.
 */
#ifndef LUAHEAT_INSPECT_TOSTRING_VIEW_H
#define LUAHEAT_INSPECT_TOSTRING_VIEW_H

#include "listing.h"

/* Adds a lazy child to the value on top of the stack, if it has a __tostring. */
void tostring_view_add(struct listing *listing);

/* Adds what it gives, or its error: one Variable. */
void tostring_view(struct listing *listing);

#endif
