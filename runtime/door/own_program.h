/* SPDX-License-Identifier: MIT */
/*
 * own_program: the file that this process runs. The one place that knows how this OS tells it.
 */
#ifndef LUAHEAT_DOOR_OWN_PROGRAM_H
#define LUAHEAT_DOOR_OWN_PROGRAM_H

#include <stddef.h>

/* Its path, cut to the size; "": this OS does not tell. */
void own_program(char *path, size_t size);

#endif
