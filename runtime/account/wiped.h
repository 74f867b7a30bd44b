/* SPDX-License-Identifier: MIT */
/*
 * wiped: memory that a child finds zero, however it was made. The one place that knows whether this
 * OS has any.
 */
#ifndef LUAHEAT_ACCOUNT_WIPED_H
#define LUAHEAT_ACCOUNT_WIPED_H

#include <stddef.h>

/* All zero, for as long as the process lives; NULL: there is none. */
void *wiped_memory(size_t size);

#endif
