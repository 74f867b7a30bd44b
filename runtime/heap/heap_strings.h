/* SPDX-License-Identifier: MIT */
/*
 * heap_strings: which strings there are many times. Up to 40 bytes Lua keeps one of equal strings;
 * of longer ones there may be any number. They are grouped by what stands in them; 24 bytes a
 * group, and 8 to 16 in a table of numbers with linear probing.
 */
#ifndef LUAHEAT_HEAP_HEAP_STRINGS_H
#define LUAHEAT_HEAP_HEAP_STRINGS_H

#include "array.h"

#include <stddef.h>
#include <stdint.h>

struct heap_string_group {
    const char *text; /* of one of them: valid as long as that is */
    size_t size;
    uint32_t node; /* of that one, which was the first */
    uint32_t count;
};

/* All zero is empty. */
struct heap_strings {
    ARRAY(struct heap_string_group) groups;
    struct heap_strings_slot *slots; /* of groups, by their text */
    size_t room;                     /* 0 or a power of two */
};

/* One more, which has not been added yet. 0 or -ENOMEM. */
int heap_strings_add(struct heap_strings *strings, const char *text, size_t size, uint32_t node);

void heap_strings_finish(struct heap_strings *strings);

#endif
