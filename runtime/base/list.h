/* SPDX-License-Identifier: MIT */
/*
 * list: structs of one type, each of which has the next as its member `next`; the first is its
 * owner's, NULL when there is none.
 */
#ifndef LUAHEAT_BASE_LIST_H
#define LUAHEAT_BASE_LIST_H

#include <stddef.h>

/* It becomes the first. Evaluates its arguments several times, as the next does. */
#define LIST_ADD(first, item) ((item)->next = (first), (first) = (item))

/* It is none of the list any more, if it was. at: a variable that points to the first, and then
   somewhere else. */
#define LIST_REMOVE(at, item)                                                                      \
    do {                                                                                           \
        while (*(at) != NULL && *(at) != (item))                                                   \
            (at) = &(*(at))->next;                                                                 \
        if (*(at) != NULL)                                                                         \
            *(at) = (*(at))->next;                                                                 \
    } while (0)

#endif
