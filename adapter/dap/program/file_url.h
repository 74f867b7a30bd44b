/* SPDX-License-Identifier: MIT */
/*
 * file_url: a line of a file as an address that clients can open.
 */
#ifndef LUAHEAT_DAP_FILE_URL_H
#define LUAHEAT_DAP_FILE_URL_H

/* "file:///tmp/a%20b.lua#L12", of an absolute path of any bytes. The caller's to free(). */
char *file_url(const char *path, int line);

#endif
