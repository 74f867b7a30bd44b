/* SPDX-License-Identifier: MIT */
#include "file_url.h"

#include "alloc.h"

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
    char *encoded = alloc_zeroed(strlen(path) + 1, 3), *end = encoded;
    for (; *path != '\0'; path++) {
        if (is_plain(*path))
            *end++ = *path;
        else
            end += sprintf(end, "%%%02X", (unsigned char)*path);
    }
    char *url = alloc_printed("file://%s#L%d", encoded, line);
    free(encoded);
    return url;
}
