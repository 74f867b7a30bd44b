/* SPDX-License-Identifier: MIT */
/*
 * file_text: what a file of the user's holds now. Nothing but regular files is opened: others may
 * block.
 */
#ifndef LUAHEAT_EVALUATE_FILE_TEXT_H
#define LUAHEAT_EVALUATE_FILE_TEXT_H

#include <stddef.h>

/* Larger files are not read. */
enum { FILE_TEXT_BYTES = 16 << 20 };

/* Its bytes, the caller's to free(); NULL: it cannot be read, is no regular file, or is too large.
 */
char *file_text_read(const char *path, size_t *size);

#endif
