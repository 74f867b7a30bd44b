/* SPDX-License-Identifier: MIT */
/*
 * beside: files that are installed with this program. The one place that knows how this OS tells
 * where a program lies.
 */
#ifndef LUAHEAT_INTERPRETER_BESIDE_H
#define LUAHEAT_INTERPRETER_BESIDE_H

#include <stdbool.h>
#include <stddef.h>

/* The path of a file, seen from the folder of this program. False, and the name as it is, where
   that folder is not known. */
bool beside(char *path, size_t size, const char *name);

#endif
