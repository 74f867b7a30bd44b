/* SPDX-License-Identifier: MIT */
#include "file_line.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* ":LINE" at `colon`: the line, and where it ends. 0 if it is none. */
static int line_at(const char *colon, const char **end) {
    char *behind;
    if (colon[1] < '0' || colon[1] > '9')
        return 0;
    errno = 0;
    long line = strtol(colon + 1, &behind, 10);
    *end = behind;
    return errno == 0 && line <= INT_MAX ? (int)line : 0;
}

static bool ends(const char *rest, const char *ending) {
    return *ending == '\0' ? *rest == '\0' : strncmp(rest, ending, strlen(ending)) == 0;
}

/* A path may hold colons: the first one that a line and the ending follow is meant. */
int file_line_parse(struct file_line *place, const char *words, const char *ending,
                    const char **rest) {
    for (const char *colon = strchr(words, ':'); colon != NULL; colon = strchr(colon + 1, ':')) {
        int line = line_at(colon, rest);
        if (line == 0 || colon == words || !ends(*rest, ending))
            continue;
        char *path = strndup(words, (size_t)(colon - words));
        *place = (struct file_line){path, line};
        return path != NULL ? 0 : -ENOMEM;
    }
    return -EINVAL;
}

void file_line_finish(struct file_line *place) {
    free(place->path);
    *place = (struct file_line){0};
}
