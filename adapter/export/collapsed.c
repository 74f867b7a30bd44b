/* SPDX-License-Identifier: MIT */
/*
 * collapsed: a stack a line, as flamegraph.pl reads it: "outer;inner;innermost BYTES", allocated.
 */
#include "call_tree.h"
#include "export.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

/* ';' separates, and a line ends the stack. */
static void write_frame(FILE *file, const char *label) {
    for (; *label != '\0'; label++)
        putc(*label == ';' ? ',' : (unsigned char)*label < ' ' ? ' ' : *label, file);
}

static int write_stack(FILE *file, const struct sampled *sampled, uint32_t *path, uint32_t node) {
    size_t depth = 0;
    for (uint32_t at = node; at != STACKS_ROOT; at = sampled->nodes[at].parent)
        path[depth++] = at;
    while (depth > 0) {
        char *label = places_label(sampled, path[--depth]);
        if (label == NULL)
            return -ENOMEM;
        write_frame(file, label);
        free(label);
        putc(depth > 0 ? ';' : ' ', file);
    }
    fprintf(file, "%" PRIu64 "\n", sampled->nodes[node].figures[SAMPLED_ALLOCATED]);
    return 0;
}

int collapsed_write(FILE *file, const struct export *export) {
    const struct sampled *sampled = &export->sampled;
    uint32_t *path = calloc(sampled->node_count, sizeof *path);
    int error = path != NULL ? 0 : -ENOMEM;
    for (uint32_t i = 1; i < sampled->node_count && error == 0; i++)
        if (sampled->nodes[i].figures[SAMPLED_ALLOCATED] > 0)
            error = write_stack(file, sampled, path, i);
    free(path);
    return error;
}
