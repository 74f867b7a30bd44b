/* SPDX-License-Identifier: MIT */
/*
 * body: the text of a message before it is parsed. What is JSON but would be cut or given up by the
 * parser (cJSON), or is no text, is found here, with the name of the field that holds it: then the
 * message can be parsed all the same and its request be refused in clear words.
 *
 * Found are: NUL characters, half surrogate pairs and bytes that are no UTF-8 in strings; numbers
 * of more than BODY_NUMBER_BYTES characters; values nested deeper than BODY_DEPTH.
 */
#ifndef LUAHEAT_DAP_BODY_H
#define LUAHEAT_DAP_BODY_H

#include <stddef.h>

enum { BODY_DEPTH = 500, BODY_NUMBER_BYTES = 60 };

/* The first thing found. */
struct body_flaw {
    const char *what; /* "a NUL character", ...; NULL: nothing was found */
    const char *name; /* of the innermost field around it, within the body; NULL: it has none */
    size_t name_size;
};

/* Looks for it. If there is any: a copy of the same size without flaws, the caller's to free();
   else NULL. The body need not be JSON. */
char *body_mend(const char *body, size_t size, struct body_flaw *flaw);

#endif
