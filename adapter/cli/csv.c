/* SPDX-License-Identifier: MIT */
#include "csv.h"

#include <string.h>

static void write_quoted(FILE *file, const char *text) {
    putc('"', file);
    for (; *text != '\0'; text++) {
        if (*text == '"')
            putc('"', file);
        putc(*text, file);
    }
    putc('"', file);
}

void csv_field(FILE *file, const char *text) {
    if (strpbrk(text, "\",\r\n") != NULL)
        write_quoted(file, text);
    else
        fputs(text, file);
}
