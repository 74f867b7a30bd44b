/* SPDX-License-Identifier: MIT */
/*
 * json_text: strings as JSON has them, for what is written piece by piece.
 */
#ifndef LUAHEAT_ADAPTER_JSON_TEXT_H
#define LUAHEAT_ADAPTER_JSON_TEXT_H

#include <stdio.h>

/* With its quotes. The text is valid UTF-8. */
void json_text_write(FILE *file, const char *text);

/* A file's path as a URL, with its quotes. */
void json_text_write_url(FILE *file, const char *path);

#endif
