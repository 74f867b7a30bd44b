/* SPDX-License-Identifier: MIT */
#include "call_tree.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_BYTES = 120, FUNCTION_ROOM = 2 * STACKS_FUNCTIONS, NODE_ROOM = 2 * STACKS_NODES };

static const char *const pseudo_names[STACKS_PSEUDO_FUNCTIONS] = {
    [STACKS_TOO_MANY] = "(too many stacks)",
    [STACKS_TOO_DEEP] = "(too deep)",
    [STACKS_THREAD] = "(thread stack)",
};

/* Spreads three numbers over 32 bits; the multipliers are those of pointer_map and of xxHash. */
static uint32_t mix(uint32_t a, uint32_t b, uint32_t c) {
    uint64_t mixed = ((uint64_t)a << 32 | b) * UINT64_C(0x9e3779b97f4a7c15);
    mixed = (mixed ^ mixed >> 29 ^ c) * UINT64_C(0xc2b2ae3d27d4eb4f);
    return (uint32_t)(mixed >> 32);
}

/* FNV-1a, as chunks.c. */
static uint32_t hash_text(const char *text) {
    uint32_t hash = 2166136261u;
    for (; *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * 16777619u;
    return hash;
}

static uint32_t count_of(const _Atomic uint32_t *count) {
    return atomic_load_explicit(count, memory_order_relaxed);
}

/* ---- functions ---- */

/* 0 if there is no room. */
static uint32_t write_name(struct stacks_figures *shared, const char *name) {
    size_t size = strnlen(name, NAME_BYTES);
    if (size >= STACKS_TEXT - shared->text_bytes)
        return 0;
    uint32_t at = shared->text_bytes;
    memcpy(shared->text + at, name, size);
    shared->text_bytes += (uint32_t)size + 1;
    return at;
}

static bool is_function(const struct stacks_figures *shared, uint32_t index, uint32_t source,
                        uint32_t line, const char *c_name) {
    const struct stacks_function *function = &shared->functions[index];
    if (function->source != source || function->line != line)
        return false;
    return c_name == NULL ||
           strncmp(shared->text + count_of(&function->name), c_name, NAME_BYTES) == 0;
}

static uint32_t new_function(struct call_tree *tree, uint32_t source, uint32_t line) {
    uint32_t index = count_of(&tree->shared->function_count);
    if (index == STACKS_FUNCTIONS)
        return STACKS_TOO_MANY;
    tree->shared->functions[index] = (struct stacks_function){.source = source, .line = line};
    atomic_store_explicit(&tree->shared->function_count, index + 1, memory_order_release);
    return index;
}

static void name_function(struct stacks_figures *shared, uint32_t index, const char *name) {
    _Atomic uint32_t *known = &shared->functions[index].name;
    if (name != NULL && count_of(known) == 0)
        atomic_store_explicit(known, write_name(shared, name), memory_order_release);
}

/* `c_name`: of a C function, else NULL. */
static uint32_t find_function(struct call_tree *tree, uint32_t source, uint32_t line,
                              const char *c_name) {
    uint32_t at = mix(source, line, c_name != NULL ? hash_text(c_name) : 0) % FUNCTION_ROOM;
    while (tree->functions[at] != 0) {
        if (is_function(tree->shared, tree->functions[at], source, line, c_name))
            return tree->functions[at];
        at = (at + 1) % FUNCTION_ROOM;
    }
    uint32_t index = new_function(tree, source, line);
    if (index != STACKS_TOO_MANY)
        tree->functions[at] = index;
    return index;
}

uint32_t call_tree_function(struct call_tree *tree, uint32_t source, uint32_t line,
                            const char *name) {
    uint32_t index = find_function(tree, source, line, NULL);
    name_function(tree->shared, index, name);
    return index;
}

uint32_t call_tree_c_function(struct call_tree *tree, const char *name) {
    char cut[NAME_BYTES + 1] = "?";
    if (name != NULL)
        memccpy(cut, name, '\0', NAME_BYTES);
    uint32_t index = find_function(tree, STACKS_NO_SOURCE, 0, cut);
    name_function(tree->shared, index, cut);
    return index;
}

/* ---- nodes ---- */

static bool is_node(const struct stacks_node *node, uint32_t parent, struct call_tree_place place) {
    return node->parent == parent && node->function == place.function && node->line == place.line;
}

static uint32_t new_node(struct stacks_figures *shared, uint32_t parent,
                         struct call_tree_place place) {
    uint32_t index = count_of(&shared->node_count);
    if (index == STACKS_NODES)
        return STACKS_OVERFLOW;
    shared->nodes[index] = (struct stacks_node){
        .parent = parent, .function = place.function, .line = place.line, .site = place.site};
    atomic_store_explicit(&shared->node_count, index + 1, memory_order_release);
    return index;
}

uint32_t call_tree_node(struct call_tree *tree, uint32_t parent, struct call_tree_place place) {
    if (parent == STACKS_OVERFLOW)
        return STACKS_OVERFLOW;
    uint32_t at = mix(parent, place.function, place.line) % NODE_ROOM;
    while (tree->nodes[at] != 0) {
        if (is_node(&tree->shared->nodes[tree->nodes[at]], parent, place))
            return tree->nodes[at];
        at = (at + 1) % NODE_ROOM;
    }
    uint32_t index = new_node(tree->shared, parent, place);
    if (index != STACKS_OVERFLOW)
        tree->nodes[at] = index;
    return index;
}

/* ---- the whole ---- */

/* Nobody finds these in the hash tables. */
static void make_pseudo(struct stacks_figures *shared) {
    shared->text_bytes = 1; /* offset 0 is the empty string */
    for (uint32_t i = 0; i < STACKS_PSEUDO_FUNCTIONS; i++) {
        shared->functions[i].source = STACKS_NO_SOURCE;
        name_function(shared, i, pseudo_names[i]);
    }
    shared->nodes[STACKS_ROOT] = shared->nodes[STACKS_OVERFLOW] = (struct stacks_node){
        .parent = STACKS_ROOT, .function = STACKS_TOO_MANY, .site = STACKS_NO_SITE};
    atomic_store_explicit(&shared->function_count, STACKS_PSEUDO_FUNCTIONS, memory_order_release);
    atomic_store_explicit(&shared->node_count, STACKS_FIRST_NODE, memory_order_release);
}

int call_tree_init(struct call_tree *tree, struct stacks_figures *shared) {
    *tree = (struct call_tree){.shared = shared};
    tree->functions = calloc(FUNCTION_ROOM, sizeof *tree->functions);
    tree->nodes = calloc(NODE_ROOM, sizeof *tree->nodes);
    if (tree->functions == NULL || tree->nodes == NULL) {
        call_tree_finish(tree);
        return -ENOMEM;
    }
    make_pseudo(shared);
    return 0;
}

void call_tree_finish(struct call_tree *tree) {
    free(tree->functions);
    free(tree->nodes);
    *tree = (struct call_tree){0};
}
