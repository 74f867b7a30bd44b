/* SPDX-License-Identifier: MIT */
/*
 * screen: text of the user's program made safe to print, measured in columns. Safe text is valid
 * UTF-8 in which nothing moves the cursor, rings, recolours or turns the reading direction.
 *
 * Widths are Unicode's, whatever the locale; text is cut between what a reader takes for
 * characters.
 */
#ifndef LUAHEAT_CLI_SCREEN_H
#define LUAHEAT_CLI_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

/* Where text is to be read. */
struct screen {
    size_t columns;  /* 0: no terminal, lines may be long */
    bool colours;    /* with escape sequences */
    const char *cwd; /* paths inside it are shown without it; NULL: paths are shown whole */
};

/* The part of the path that is to be shown. */
const char *screen_path(const struct screen *screen, const char *path);

/* Safe text: a tab becomes a blank, other control characters and bytes that are not UTF-8 become
   \xNN, characters that hide or reorder others \u{NNNN}. The caller's to free(); NULL if memory is
   out. */
char *screen_escape(const char *bytes, size_t size);

/* Columns that safe text takes. */
size_t screen_width(const char *text);

/* Shortens safe text in place to so many columns, with an ellipsis at its end if it was longer.
   `text` is what screen_escape() gave: there is room. */
void screen_cut(char *text, size_t columns);

/* Likewise, but its end stays and the ellipsis stands in front: for paths. */
void screen_cut_front(char *text, size_t columns);

#endif
