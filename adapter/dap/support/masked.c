/* SPDX-License-Identifier: MIT */
#include "masked.h"

#include "alloc.h"

#include <string.h>

static const char name[] = "\"token\"";
enum { NAME_BYTES = sizeof name - 1 };

static size_t skip_blanks(const char *bytes, size_t size, size_t at) {
    while (at < size && strchr(" \t\r\n", bytes[at]) != NULL && bytes[at] != '\0')
        at++;
    return at;
}

/* Where the text begins, behind its quote, of the member whose name stands at `at`; 0: none does.
 */
static size_t find_text(const char *bytes, size_t size, size_t at) {
    if (size - at < NAME_BYTES || memcmp(bytes + at, name, NAME_BYTES) != 0)
        return 0;
    at = skip_blanks(bytes, size, at + NAME_BYTES);
    if (at >= size || bytes[at] != ':')
        return 0;
    at = skip_blanks(bytes, size, at + 1);
    return at < size && bytes[at] == '"' ? at + 1 : 0;
}

/* Where its quote ends it. */
static size_t end_of_text(const char *bytes, size_t size, size_t at) {
    while (at < size && bytes[at] != '"')
        at += bytes[at] == '\\' ? 2 : 1;
    return at < size ? at : size;
}

char *masked_copy(const char *bytes, size_t size) {
    char *copy = NULL;
    size_t used = 0, from = 0;
    for (size_t at = 0; at < size; at++) {
        size_t text = find_text(bytes, size, at);
        if (text == 0)
            continue;
        if (copy == NULL) /* an empty text grows by 3, and has a name of 7 before it */
            copy = alloc_zeroed(size * 2 + 1, 1);
        memcpy(copy + used, bytes + from, text - from);
        used += text - from;
        memcpy(copy + used, "***", 3);
        used += 3;
        from = end_of_text(bytes, size, text);
        at = from;
    }
    if (copy != NULL)
        memcpy(copy + used, bytes + from, size - from);
    return copy;
}
