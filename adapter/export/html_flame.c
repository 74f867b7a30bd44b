/* SPDX-License-Identifier: MIT */
/*
 * A flame graph, the outermost calls on top: boxes within boxes, whose widths are shares of what is
 * around them.
 */
#include "call_tree.h"
#include "html.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_SHARE = 1000 }; /* a box of less than one part in so many of all is left out */

struct flame {
    FILE *file;
    const struct sampled *sampled;
    struct children children;
    uint64_t all;
};

static double percent(uint64_t part, uint64_t whole) {
    return whole > 0 ? 100.0 * (double)part / (double)whole : 0;
}

static int write_label(const struct flame *flame, uint32_t node) {
    char *label = node == STACKS_ROOT ? strdup("all") : places_label(flame->sampled, node);
    if (label == NULL)
        return -ENOMEM;
    uint64_t bytes = flame->children.totals[node];
    fputs(" title=\"", flame->file);
    html_text(flame->file, label, strlen(label));
    fputs(": ", flame->file);
    html_number(flame->file, (int64_t)bytes);
    fprintf(flame->file, " bytes, %.1f %%\"><span>", percent(bytes, flame->all));
    int error = html_text(flame->file, label, strlen(label));
    free(label);
    fputs("</span>", flame->file);
    return error;
}

/* The golden angle keeps the hues of neighbours apart; all are warm. */
static unsigned hue(uint32_t function) {
    return function * 137u % 50u;
}

static int write_box(const struct flame *flame, uint32_t node, uint64_t around) {
    const struct children *children = &flame->children;
    fprintf(flame->file, "<div style=\"width:%.4f%%;--hue:%u\"",
            percent(children->totals[node], around), hue(flame->sampled->nodes[node].function));
    int error = write_label(flame, node);
    fputs("<div>", flame->file);
    for (uint32_t child = children->first[node];
         error == 0 && child != 0 && children->totals[child] * LEAST_SHARE >= flame->all;
         child = children->next[child])
        error = write_box(flame, child, children->totals[node]);
    fputs("</div></div>\n", flame->file);
    return error;
}

int html_flame(FILE *file, const struct sampled *sampled, enum sampled_figure figure) {
    struct flame flame = {.file = file, .sampled = sampled};
    int error = children_find(&flame.children, sampled, figure);
    if (error == 0) {
        flame.all = flame.children.totals[STACKS_ROOT];
        fputs("<div class=\"flame\">", file);
        error = write_box(&flame, STACKS_ROOT, flame.all);
        fputs("</div>\n", file);
    }
    children_finish(&flame.children);
    return error;
}
