/* SPDX-License-Identifier: MIT */
#include "heap_nodes.h"

#include <errno.h>
#include <stdlib.h>

enum { MOST_NODES = (1 << 28) - 1, FIRST_ROOM = 1024 };

/* As in pointer_map.c. */
static size_t home(const struct heap_nodes *nodes, const void *address) {
    uint64_t mixed = ((uintptr_t)address >> 4) * UINT64_C(0x9e3779b97f4a7c15);
    return (size_t)(mixed >> 32) & (nodes->room - 1);
}

/* The place of the address, or the free one where it would go. */
static size_t place_of(const struct heap_nodes *nodes, const void *address) {
    size_t at = home(nodes, address);
    while (nodes->numbers[at] != 0 && nodes->addresses.items[nodes->numbers[at]] != address)
        at = (at + 1) & (nodes->room - 1);
    return at;
}

uint32_t heap_nodes_find(const struct heap_nodes *nodes, const void *address) {
    return nodes->room > 0 ? nodes->numbers[place_of(nodes, address)] : 0;
}

static int grow(struct heap_nodes *nodes) {
    size_t room = nodes->room > 0 ? nodes->room * 2 : FIRST_ROOM;
    uint32_t *numbers = calloc(room, sizeof *numbers);
    if (numbers == NULL)
        return -ENOMEM;
    free(nodes->numbers);
    nodes->numbers = numbers;
    nodes->room = room;
    for (size_t i = 1; i < nodes->list.count; i++)
        numbers[place_of(nodes, nodes->addresses.items[i])] = (uint32_t)i;
    return 0;
}

int heap_nodes_add(struct heap_nodes *nodes, const void *address, struct heap_node node) {
    size_t number = nodes->list.count;
    if (number >= MOST_NODES || ((number + 1) * 2 > nodes->room && grow(nodes) != 0))
        return -ENOMEM;
    const void **place = array_add(&nodes->addresses);
    struct heap_node *added = place != NULL ? array_add(&nodes->list) : NULL;
    if (added == NULL)
        return -ENOMEM; /* the walk is over */
    *place = address;
    *added = node;
    if (number > 0)
        nodes->numbers[place_of(nodes, address)] = (uint32_t)number;
    return 0;
}

void heap_nodes_forget_addresses(struct heap_nodes *nodes) {
    free(nodes->numbers);
    free(nodes->addresses.items);
    nodes->numbers = NULL;
    nodes->room = 0;
    nodes->addresses.items = NULL;
    nodes->addresses.count = nodes->addresses.room = 0;
}

void heap_nodes_finish(struct heap_nodes *nodes) {
    heap_nodes_forget_addresses(nodes);
    free(nodes->list.items);
    *nodes = (struct heap_nodes){0};
}
