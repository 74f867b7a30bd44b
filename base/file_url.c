/* SPDX-License-Identifier: MIT */
#include "file_url.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What RFC 3986 lets stand for itself in a path, whatever the locale. */
static bool is_plain(char byte) {
    return byte != '\0' && strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                  "0123456789-._~/",
                                  byte) != NULL;
}

char *file_url(const char *path, int line) {
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
