/* SPDX-License-Identifier: MIT */
/*
 * words: values of options that several commands have. Each returns 0, or -EINVAL and leaves its
 * result alone.
 */
#ifndef LUAHEAT_CLI_WORDS_H
#define LUAHEAT_CLI_WORDS_H

#include <stddef.h>

enum words_format { WORDS_TABLE, WORDS_JSON, WORDS_CSV };

/* "table", "json", "csv" */
int words_format(const char *word, enum words_format *format);

/* A whole number in digits. */
int words_number(const char *word, size_t *number);

#endif
