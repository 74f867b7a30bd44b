/* SPDX-License-Identifier: MIT */
#include "handles.h"

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
    return handles->first + handles->count - 1;
}

static void *item(const struct handles *handles, int index) {
    return (char *)handles->items + (size_t)index * handles->item_bytes;
}

static bool make_room(struct handles *handles) {
    if (handles->count < handles->room)
        return true;
    int room = handles->room > 0 ? handles->room * 2 : 32;
    void *items = realloc(handles->items, (size_t)room * handles->item_bytes);
    if (items == NULL)
        return false;
    handles->items = items;
    handles->room = room;
    return true;
}

void *handles_add(struct handles *handles, int *number) {
    if (handles->count >= LINK_REFERENCES - handles->first || !make_room(handles))
        return NULL;
    void *added = item(handles, handles->count);
    memset(added, 0, handles->item_bytes);
    *number = handles->first + handles->count++;
    return added;
}

void *handles_get(const struct handles *handles, int number) {
    int index = number - handles->first;
    return number >= handles->first && index < handles->count ? item(handles, index) : NULL;
}

bool handles_stale(const struct handles *handles, int number) {
    return number > 0 && number < handles->first;
}
