/* SPDX-License-Identifier: MIT */
/*
 * heap_nodes: the objects that a walk has reached, numbered in that order, and found again by their
 * address. 56 to 64 bytes each: 48 in the lists, 8 to 16 in a table of numbers with linear probing.
 */
#ifndef LUAHEAT_HEAP_HEAP_NODES_H
#define LUAHEAT_HEAP_HEAP_NODES_H

#include "array.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An object that was reached. Node 0 stands for the roots' root. */
struct heap_node {
    uint32_t parent;        /* node by which it was reached first ... */
    uint32_t ordinal;       /* ... and the edge */
    uint64_t name;          /* of that edge's label (heap_label.h) */
    uint64_t bytes;         /* of its block, and of those that are a part of it */
    uint32_t retainer : 28; /* which it is itself, or 0; of one that is looked for: whose it is */
    uint32_t wanted : 1;    /* it is looked for */
    uint32_t inside : 1;    /* it was reached by way of the object looked for */
    uint32_t leaf : 1;
    uint32_t separate : 1;    /* what it refers to are variables: each is a retainer of its own */
    uint32_t kind : 8;        /* of that edge */
    uint32_t is_numbered : 1; /* that edge's label */
    uint32_t found : 1;       /* it is wanted, or a part of it is */
    uint32_t part : 1;        /* no object: the box of an upvalue, which functions share */
    uint32_t table : 1;
};

/* All zero is an empty one. */
struct heap_nodes {
    ARRAY(struct heap_node) list;
    ARRAY(const void *) addresses;
    uint32_t *numbers; /* of nodes, by address; 0: free */
    size_t room;       /* 0 or a power of two */
};

/* The node at the address; 0: there is none. */
uint32_t heap_nodes_find(const struct heap_nodes *nodes, const void *address);

/* One that is not there yet: the last of the list. The first is node 0, which no address leads to.
   0, or -ENOMEM: memory is out, or there are 2^28. */
int heap_nodes_add(struct heap_nodes *nodes, const void *address, struct heap_node node);

/* They are not looked for any more: gives the table of addresses back. */
void heap_nodes_forget_addresses(struct heap_nodes *nodes);
void heap_nodes_finish(struct heap_nodes *nodes);

#endif
