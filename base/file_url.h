/* SPDX-License-Identifier: MIT */
/*
 * file_url: a file, or a line of it, as an address (RFC 8089).
 */
#ifndef LUAHEAT_BASE_FILE_URL_H
#define LUAHEAT_BASE_FILE_URL_H

/* "file:///tmp/a%20b.lua#L12"; line 0: the file. The path is absolute and may have any bytes. The
   caller's to free(); NULL if memory is out. */
char *file_url(const char *path, int line);

#endif
