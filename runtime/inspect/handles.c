/* SPDX-License-Identifier: MIT */
#include "handles.h"

#include "array.h"
#include "link.h"

#include <stdlib.h>
#include <string.h>

void handles_init(struct handles *handles, size_t item_bytes, int last) {
    bool used_up = last >= LINK_REFERENCES / 2; /* after so many, an old number is forgotten */
    *handles = (struct handles){.item_bytes = item_bytes, .first = used_up ? 1 : last + 1};
}

int handles_finish(struct handles *handles) {
    free(handles->items);
    handles->items = NULL;
    return handles->first + (int)handles->count - 1;
}

static void *item(const struct handles *handles, size_t index) {
    return (char *)handles->items + index * handles->item_bytes;
}

static bool make_room(struct handles *handles) {
    return handles->count < handles->room ||
           array_enlarge(&handles->items, &handles->room, handles->count, 1, handles->item_bytes);
}

void *handles_add(struct handles *handles, int *number) {
    if (handles->first + (int)handles->count >= LINK_REFERENCES || !make_room(handles))
        return NULL;
    void *added = item(handles, handles->count);
    memset(added, 0, handles->item_bytes);
    *number = handles->first + (int)handles->count++;
    return added;
}

void *handles_get(const struct handles *handles, int number) {
    bool known = number >= handles->first && (size_t)(number - handles->first) < handles->count;
    return known ? item(handles, (size_t)(number - handles->first)) : NULL;
}

bool handles_stale(const struct handles *handles, int number) {
    return number > 0 && number < handles->first;
}
