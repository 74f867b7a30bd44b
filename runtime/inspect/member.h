/* SPDX-License-Identifier: MIT */
/*
 * member: a variable of a list, found again by the name that the list gives it.
 */
#ifndef LUAHEAT_INSPECT_MEMBER_H
#define LUAHEAT_INSPECT_MEMBER_H

#include "inspect.h"
#include "reference.h"
#include "value_path.h"

/* The path to variable `name` below the reference. False with the problem told if it has none, or
   must not be written to (`writing`). */
bool member_find(struct stop *stop, const struct reference *reference, const char *name,
                 bool writing, struct value_path *path, struct inspect_problem *problem);

#endif
