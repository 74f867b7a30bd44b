/* SPDX-License-Identifier: MIT */
#include "heap_strings.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 256 };

struct heap_strings_slot {
    uint32_t group; /* from 1; 0: free */
    uint32_t hash;
};

/* Multiplies and folds, eight bytes at a time. */
static uint32_t hash_of(const char *text, size_t size) {
    uint64_t hash = size, word = 0;
    for (; size >= sizeof word; text += sizeof word, size -= sizeof word) {
        memcpy(&word, text, sizeof word);
        hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 29;
    }
    word = 0;
    memcpy(&word, text, size);
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return (uint32_t)(hash >> 32);
}

static bool is_equal(const struct heap_string_group *group, const char *text, size_t size) {
    return group->size == size && memcmp(group->text, text, size) == 0;
}

/* The place of the text's group, or the free one where it would go. */
static struct heap_strings_slot *slot_of(const struct heap_strings *strings, uint32_t hash,
                                         const char *text, size_t size) {
    size_t at = hash & (strings->room - 1);
    const struct heap_strings_slot *slot;
    while ((slot = &strings->slots[at])->group != 0 &&
           (slot->hash != hash || !is_equal(&strings->groups.items[slot->group - 1], text, size)))
        at = (at + 1) & (strings->room - 1);
    return &strings->slots[at];
}

static int grow(struct heap_strings *strings) {
    struct heap_strings_slot *old = strings->slots;
    size_t old_room = strings->room, room = old_room > 0 ? old_room * 2 : FIRST_ROOM;
    struct heap_strings_slot *slots = calloc(room, sizeof *slots);
    if (slots == NULL)
        return -ENOMEM;
    for (size_t i = 0; i < old_room; i++) {
        size_t at = old[i].hash & (room - 1);
        while (old[i].group != 0 && slots[at].group != 0)
            at = (at + 1) & (room - 1);
        if (old[i].group != 0)
            slots[at] = old[i];
    }
    free(old);
    strings->slots = slots;
    strings->room = room;
    return 0;
}

int heap_strings_add(struct heap_strings *strings, const char *text, size_t size, uint32_t node) {
    uint32_t hash = hash_of(text, size);
    if ((strings->groups.count + 1) * 2 > strings->room && grow(strings) != 0)
        return -ENOMEM;
    struct heap_strings_slot *slot = slot_of(strings, hash, text, size);
    if (slot->group != 0) {
        strings->groups.items[slot->group - 1].count++;
        return 0;
    }
    struct heap_string_group *group = array_add(&strings->groups);
    if (group == NULL)
        return -ENOMEM;
    *group = (struct heap_string_group){.text = text, .size = size, .node = node, .count = 1};
    *slot = (struct heap_strings_slot){(uint32_t)strings->groups.count, hash};
    return 0;
}

void heap_strings_finish(struct heap_strings *strings) {
    free(strings->groups.items);
    free(strings->slots);
    *strings = (struct heap_strings){0};
}
