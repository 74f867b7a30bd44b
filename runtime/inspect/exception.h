/* SPDX-License-Identifier: MIT */
/*
 * exception: the error that stopped the program, in words.
 */
#ifndef LUAHEAT_INSPECT_EXCEPTION_H
#define LUAHEAT_INSPECT_EXCEPTION_H

#include <cjson/cJSON.h>

struct stop;

/* Adds description and text to the body of a stopped event. An error, or memory, stopped the
   program. */
void exception_describe(const struct stop *stop, cJSON *body);

#endif
