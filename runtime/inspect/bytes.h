/* SPDX-License-Identifier: MIT */
/*
 * bytes: those of strings and of full userdata, which DAP calls memory. A memoryReference is the
 * number of a reference to the value, so that one of an earlier stop is recognised.
 */
#ifndef LUAHEAT_INSPECT_BYTES_H
#define LUAHEAT_INSPECT_BYTES_H

#include <cjson/cJSON.h>

/* Adds "memoryReference" to a Variable or an answer. */
void bytes_add_reference(cJSON *object, int reference);

#endif
