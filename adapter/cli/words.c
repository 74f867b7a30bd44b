/* SPDX-License-Identifier: MIT */
#include "words.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

int words_format(const char *word, enum words_format *format) {
    static const char *const words[] = {
        [WORDS_TABLE] = "table", [WORDS_JSON] = "json", [WORDS_CSV] = "csv"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(word, words[i]) == 0) {
            *format = (enum words_format)i;
            return 0;
        }
    return -EINVAL;
}

int words_number(const char *word, size_t *number) {
    char *end;
    errno = 0;
    unsigned long value = strtoul(word, &end, 10);
    if (*word < '0' || *word > '9' || *end != '\0' || errno != 0)
        return -EINVAL;
    *number = value;
    return 0;
}
