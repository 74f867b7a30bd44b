/* SPDX-License-Identifier: MIT */
/*
 * base64: bytes as text (RFC 4648, section 4).
 */
#ifndef LUAHEAT_INSPECT_BASE64_H
#define LUAHEAT_INSPECT_BASE64_H

#include <stddef.h>

/* NUL-terminated, the caller's to free(); NULL if memory is out. */
char *base64_encode(const char *bytes, size_t size);

/* The bytes, the caller's to free(); NULL if it is no base64 (padding may be missing), or memory is
   out. */
char *base64_decode(const char *text, size_t *size);

#endif
