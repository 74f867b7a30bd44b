/* SPDX-License-Identifier: MIT */
/*
 * memory_reference: DAP's name for the bytes of a string or a full userdata: the number of a
 * reference to the value, so that one of an earlier stop is recognised.
 */
#ifndef LUAHEAT_INSPECT_MEMORY_REFERENCE_H
#define LUAHEAT_INSPECT_MEMORY_REFERENCE_H

#include <cjson/cJSON.h>

/* Adds "memoryReference" to a Variable or an answer. */
void memory_reference_add(cJSON *object, int reference);

/* The number. 0: it is none. */
int memory_reference_read(const char *text);

#endif
