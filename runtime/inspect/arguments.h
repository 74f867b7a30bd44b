/* SPDX-License-Identifier: MIT */
/*
 * arguments: reads the arguments of a request, which the contract of the link (link/contract.h) has
 * checked: they are there and of the right type.
 */
#ifndef LUAHEAT_INSPECT_ARGUMENTS_H
#define LUAHEAT_INSPECT_ARGUMENTS_H

#include "inspect.h"

#include <stdbool.h>
#include <stdint.h>

/* The member, NULL if it is absent or null. `arguments` may be anything. */
const cJSON *arguments_get(const cJSON *arguments, const char *name);

/* A count; `absent` if it is not there. */
int arguments_count(const cJSON *arguments, const char *name, int absent);

/* A number of bytes, or UINT64_MAX: it is absent, or no number that memory could have. A fraction
   is cut. */
uint64_t arguments_bytes(const cJSON *arguments, const char *name);

/* The string; NULL if it is absent or no string. Lives as long as the arguments. */
const char *arguments_text(const cJSON *arguments, const char *name);

/* Is the member there and true? */
bool arguments_flag(const cJSON *arguments, const char *name);

#endif
