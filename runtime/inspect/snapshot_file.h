/* SPDX-License-Identifier: MIT */
/*
 * snapshot_file: who refers to whom in a heap, as a file of V8's heap snapshots (.heapsnapshot),
 * which Chrome and VS Code open. The format is that of V8's HeapSnapshotJSONSerializer
 * (src/profiler/heap-snapshot-generator.cc); nothing else describes it.
 *
 * 24 bytes for each node, 16 for each edge, and each name once.
 */
#ifndef LUAHEAT_INSPECT_SNAPSHOT_FILE_H
#define LUAHEAT_INSPECT_SNAPSHOT_FILE_H

#include "array.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* The numbers are the format's. */
enum snapshot_node_type {
    SNAPSHOT_HIDDEN = 0,
    SNAPSHOT_STRING = 2,
    SNAPSHOT_OBJECT = 3,
    SNAPSHOT_CLOSURE = 5,
    SNAPSHOT_NATIVE = 8,
    SNAPSHOT_SYNTHETIC = 9,
};

enum snapshot_edge_type {
    SNAPSHOT_CONTEXT = 0,  /* a variable, by its name */
    SNAPSHOT_ELEMENT = 1,  /* by an index */
    SNAPSHOT_PROPERTY = 2, /* by a name */
    SNAPSHOT_INTERNAL = 3, /* neither: a metatable */
    SNAPSHOT_WEAK = 6,
};

struct snapshot_node {
    uint64_t id;   /* the same of one object in several files */
    uint64_t size; /* its own bytes */
    uint32_t type, name;
};

struct snapshot_edge {
    uint32_t from, to;
    uint32_t name; /* or the index of an element */
    uint32_t type;
};

struct snapshot_name {
    char *text;    /* valid UTF-8 */
    uint32_t next; /* that falls to the same slot; 0: none */
};

/* All zero is an empty one. */
struct snapshot_file {
    ARRAY(struct snapshot_node) nodes; /* the first is the root */
    ARRAY(struct snapshot_edge) edges;
    ARRAY(struct snapshot_name) names; /* the first is "" */
    uint32_t *slots;
    size_t slot_count;
};

/* All return 0 or -ENOMEM. Names are any bytes; of more than SNAPSHOT_NAME_BYTES the first ones. */
enum { SNAPSHOT_NAME_BYTES = 200 };

int snapshot_file_add_node(struct snapshot_file *file, enum snapshot_node_type type,
                           const char *name, size_t name_size, uint64_t id, uint64_t size);

/* Between nodes by their numbers, which may come later. */
int snapshot_file_add_edge(struct snapshot_file *file, uint32_t from, uint32_t to,
                           enum snapshot_edge_type type, const char *name, size_t name_size);
int snapshot_file_add_element(struct snapshot_file *file, uint32_t from, uint32_t to,
                              uint32_t index);

/* All is there. Sorts the edges. 0, -ENOMEM, the negative errno of writing, or -ECANCELED if
   `cancelled`, which is asked now and then, says so. */
int snapshot_file_write(struct snapshot_file *file, FILE *to, bool (*cancelled)(void *data),
                        void *data);

void snapshot_file_finish(struct snapshot_file *file);

#endif
