/* SPDX-License-Identifier: MIT */
#include "csv.h"

#include <stdbool.h>
#include <string.h>

/* What a spreadsheet takes for a formula. */
static bool looks_like_formula(const char *text) {
    return *text != '\0' && strchr("=+-@\t\r", *text) != NULL;
}

static void write_quoted(FILE *file, const char *text) {
    fputs(looks_like_formula(text) ? "\"'" : "\"", file);
    for (; *text != '\0'; text++) {
        if (*text == '"')
            putc('"', file);
        putc(*text, file);
    }
    putc('"', file);
}

void csv_field(FILE *file, const char *text) {
    if (looks_like_formula(text) || strpbrk(text, "\",\r\n") != NULL)
        write_quoted(file, text);
    else
        fputs(text, file);
}
