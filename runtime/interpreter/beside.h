/* SPDX-License-Identifier: MIT */
/*
 * beside: a program in the same folder as this one. The one place that knows how this OS tells
 * where a program lies.
 */
#ifndef LUAHEAT_INTERPRETER_BESIDE_H
#define LUAHEAT_INTERPRETER_BESIDE_H

#include <stddef.h>

/* Its path; the name alone, to be looked up in $PATH, where the folder is not known. */
void beside(char *path, size_t size, const char *name);

#endif
