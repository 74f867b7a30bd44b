/* SPDX-License-Identifier: MIT */
#include "sampled.h"

#include "lines.h"
#include "text.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- reading: the program may have scribbled over the memory ---- */

static size_t count_of(const _Atomic uint32_t *count, size_t room) {
    size_t found = atomic_load_explicit(count, memory_order_acquire);
    return found < room ? found : room;
}

/* ---- functions ---- */

/* "" if it has none. The caller's to free(). */
static char *read_name(const struct stacks_figures *stacks, size_t index) {
    uint32_t at = atomic_load_explicit(&stacks->functions[index].name, memory_order_acquire);
    const char *name = stacks->text + (at < STACKS_TEXT ? at : 0);
    return text_escape(name, at < STACKS_TEXT ? strnlen(name, STACKS_TEXT - at) : 0);
}

static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

/* In the words of Lua's tracebacks. */
static char *describe(const struct sampled_function *function) {
    char *text = NULL;
    const char *file = function->has_path ? base_name(function->file) : function->file;
    int size = function->line > 0
                   ? asprintf(&text, "function <%s:%" PRIu32 ">", file, function->line)
                   : asprintf(&text, "main chunk <%s>", file);
    return size < 0 ? NULL : text;
}

static bool read_file(struct sampled_function *function, const struct figures *figures,
                      uint32_t source) {
    const struct lines_row row = {.source = source};
    const char *path = lines_path(figures, &row);
    function->has_path = path != NULL;
    function->file = path != NULL ? text_escape(path, strlen(path)) : lines_name(figures, &row);
    return function->file != NULL;
}

/* A pseudo-site is no function of a file: its source's name is all there is. */
static bool read_pseudo(struct sampled_function *function, const struct figures *figures,
                        uint32_t source) {
    const struct lines_row row = {.source = source};
    function->name = lines_name(figures, &row);
    function->file = strdup("");
    return function->name != NULL && function->file != NULL;
}

static bool read_function(struct sampled_function *out, const struct figures *figures,
                          size_t index) {
    const struct stacks_function *function = &figures->stacks.functions[index];
    if (function->source < FIGURES_PSEUDO_SITES)
        return read_pseudo(out, figures, function->source);
    out->name = read_name(&figures->stacks, index);
    if (function->source == STACKS_NO_SOURCE) {
        out->file = strdup(index < STACKS_PSEUDO_FUNCTIONS ? "" : "[C]");
        return out->name != NULL && out->file != NULL;
    }
    if (out->name == NULL || !read_file(out, figures, function->source))
        return false;
    bool some = function->line == STACKS_SOME_FUNCTION;
    out->line = some ? 0 : function->line;
    if (out->name[0] == '\0') {
        free(out->name);
        out->name = some ? strdup(base_name(out->file)) : describe(out);
    }
    return out->name != NULL;
}

static int read_functions(struct sampled *sampled, const struct figures *figures) {
    size_t count = count_of(&figures->stacks.function_count, STACKS_FUNCTIONS);
    sampled->functions = calloc(count + 1, sizeof *sampled->functions);
    if (sampled->functions == NULL)
        return -ENOMEM;
    while (sampled->function_count < count) {
        size_t index = sampled->function_count++;
        if (!read_function(&sampled->functions[index], figures, index))
            return -ENOMEM;
    }
    return 0;
}

/* ---- nodes ---- */

/* To the nearest whole block. */
static uint64_t blocks_of(uint64_t parts) {
    return (parts + STACKS_PARTS / 2) / STACKS_PARTS;
}

static struct sampled_node read_node(const struct stacks_node *node) {
    uint64_t freed = node->freed, freed_blocks = node->freed_blocks;
    uint64_t allocated = node->allocated, blocks = node->blocks;
    struct sampled_node copy = {.parent = node->parent,
                                .function = node->function,
                                .line = node->line,
                                .samples = node->samples};
    copy.figures[SAMPLED_ALLOCATIONS] = blocks_of(blocks);
    copy.figures[SAMPLED_ALLOCATED] = allocated;
    copy.figures[SAMPLED_OBJECTS] = blocks > freed_blocks ? blocks_of(blocks - freed_blocks) : 0;
    copy.figures[SAMPLED_LIVE] = allocated > freed ? allocated - freed : 0;
    return copy;
}

/* Adds it to the tree; `depths` are those of the nodes before it. False if it does not belong
   there. */
static bool add_node(struct sampled *sampled, const struct sampled_node *node, unsigned *depths) {
    size_t index = sampled->node_count;
    if (node->function >= sampled->function_count || node->parent >= index ||
        depths[node->parent] == SAMPLED_DEPTH)
        return false;
    depths[index] = depths[node->parent] + 1;
    sampled->nodes[index] = *node;
    sampled->samples += node->samples;
    sampled->node_count++;
    return true;
}

/* Functions are read after nodes are counted: none is missing. */
static int read_nodes(struct sampled *sampled, const struct figures *figures, size_t count) {
    unsigned *depths = calloc(count + 1, sizeof *depths);
    sampled->nodes = calloc(count + 1, sizeof *sampled->nodes);
    if (depths == NULL || sampled->nodes == NULL) {
        free(depths);
        return -ENOMEM;
    }
    sampled->node_count = 1;
    for (size_t i = 1; i < count; i++) {
        struct sampled_node node = read_node(&figures->stacks.nodes[i]);
        if (!add_node(sampled, &node, depths))
            break;
    }
    free(depths);
    return 0;
}

int sampled_read(struct sampled *sampled, const struct figures *figures) {
    *sampled = (struct sampled){0};
    bool attached = figures->magic == FIGURES_MAGIC;
    size_t count = attached ? count_of(&figures->stacks.node_count, STACKS_NODES) : 0;
    sampled->mean = attached ? figures->stacks.mean : 0;
    int error = read_functions(sampled, figures);
    return error != 0 ? error : read_nodes(sampled, figures, count);
}

void sampled_finish(struct sampled *sampled) {
    for (size_t i = 0; i < sampled->function_count; i++) {
        free(sampled->functions[i].name);
        free(sampled->functions[i].file);
    }
    free(sampled->functions);
    free(sampled->nodes);
    *sampled = (struct sampled){0};
}

uint64_t *sampled_totals(const struct sampled *sampled, enum sampled_figure figure) {
    uint64_t *totals = calloc(sampled->node_count, sizeof *totals);
    if (totals == NULL)
        return NULL;
    for (size_t i = sampled->node_count; i-- > 0;) {
        totals[i] += sampled->nodes[i].figures[figure];
        if (i > 0)
            totals[sampled->nodes[i].parent] += totals[i];
    }
    return totals;
}
