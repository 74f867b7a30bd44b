/* SPDX-License-Identifier: MIT */
#include "escape.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* ---- CSV ---- */

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

void escape_csv(FILE *file, const char *text) {
    if (looks_like_formula(text) || strpbrk(text, "\",\r\n") != NULL)
        write_quoted(file, text);
    else
        fputs(text, file);
}

/* ---- HTML ---- */

void escape_html(FILE *file, const char *text) {
    for (; *text != '\0'; text++)
        switch (*text) {
        case '&':
            fputs("&amp;", file);
            break;
        case '<':
            fputs("&lt;", file);
            break;
        case '>':
            fputs("&gt;", file);
            break;
        case '"':
            fputs("&quot;", file);
            break;
        case '\'':
            fputs("&#39;", file);
            break;
        default:
            putc(*text, file);
        }
}

/* ---- URLs ---- */

/* What RFC 3986 lets stand for itself in a path, whatever the locale. */
static bool is_plain(char byte) {
    return byte != '\0' && strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                  "0123456789-._~/",
                                  byte) != NULL;
}

char *escape_file_url(const char *path, int line) {
    static const char scheme[] = "file://";
    enum { LINE_BYTES = 16 };
    char *url = malloc(sizeof scheme + strlen(path) * 3 + LINE_BYTES), *end = url;
    if (url == NULL)
        return NULL;
    end += sprintf(end, "%s", scheme);
    for (; *path != '\0'; path++)
        end += sprintf(end, is_plain(*path) ? "%c" : "%%%02X", (unsigned char)*path);
    if (line > 0)
        sprintf(end, "#L%d", line);
    return url;
}
