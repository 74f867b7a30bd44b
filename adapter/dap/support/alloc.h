/* SPDX-License-Identifier: MIT */
/*
 * alloc: memory the server cannot do without. When there is none left, the server says so on stderr
 * and ends; the runtime sees the end of the link and ends the program. So nobody here checks for
 * NULL. Everything returned is the caller's to free().
 */
#ifndef LUAHEAT_DAP_ALLOC_H
#define LUAHEAT_DAP_ALLOC_H

#include "array.h"

#include <stddef.h>

void *alloc_zeroed(size_t count, size_t size);
void *alloc_resized(void *block, size_t size);
char *alloc_text(const char *text);
char *alloc_printed(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Room in an array (array.h) for so many items more. */
#define alloc_reserve(array, more)                                                                 \
    (array_reserve(array, more) ? (void)0 : (void)alloc_checked(NULL))

/* Makes cJSON's allocations ours: what it returns is whole. */
void alloc_for_json(void);

/* Passes through what a library allocated for us, NULL meaning that it could not. */
void *alloc_checked(void *block);

#endif
