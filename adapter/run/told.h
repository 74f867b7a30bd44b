/* SPDX-License-Identifier: MIT */
/*
 * told: what the program has told before it ended, by memory that both share (link/link.h).
 */
#ifndef LUAHEAT_ADAPTER_TOLD_H
#define LUAHEAT_ADAPTER_TOLD_H

#include <cJSON.h>

/* LINK_ANSWER_BYTES. An object, the caller's to delete; NULL: nothing was told, or memory is out.
 */
cJSON *told_read(const char *memory);

#endif
