/* SPDX-License-Identifier: MIT */
/*
 * masked: what a client says, without its secret, for the log.
 */
#ifndef LUAHEAT_DAP_MASKED_H
#define LUAHEAT_DAP_MASKED_H

#include <stddef.h>

/* A copy of JSON, which need not be well made, with "***" for the text of each member `token`; the
   caller's to free(). It ends where a NUL character stands. NULL: there is none. */
char *masked_copy(const char *bytes, size_t size);

#endif
