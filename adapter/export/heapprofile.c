/* SPDX-License-Identifier: MIT */
/*
 * heapprofile: V8's sampling heap profile (SamplingHeapProfile of the Chrome DevTools Protocol):
 * what lives. VS Code and Chrome's DevTools open it. Lines are counted from 0 there.
 */
#include "children.h"
#include "formats.h"
#include "json_text.h"

#include <errno.h>
#include <inttypes.h>

static void write_call_frame(FILE *file, const struct sampled *sampled, uint32_t node) {
    const struct sampled_function *function = &sampled->functions[sampled->nodes[node].function];
    fputs("{\"functionName\":", file);
    json_text_write(file, node == STACKS_ROOT ? "(root)" : function->name);
    fputs(",\"url\":", file);
    if (node != STACKS_ROOT && function->has_path)
        json_text_write_url(file, function->file);
    else
        json_text_write(file, node == STACKS_ROOT ? "" : function->file);
    fprintf(file, ",\"scriptId\":\"%" PRIu32 "\",\"lineNumber\":%" PRId64 ",\"columnNumber\":0}",
            sampled->nodes[node].function, (int64_t)sampled->nodes[node].line - 1);
}

/* As deep as the calls are: at most STACKS_DEPTH and a few. */
static void write_node(FILE *file, const struct sampled *sampled, const struct children *children,
                       uint32_t node) {
    fputs("{\"callFrame\":", file);
    write_call_frame(file, sampled, node);
    fprintf(file, ",\"selfSize\":%" PRIu64 ",\"id\":%" PRIu32 ",\"children\":[",
            sampled->nodes[node].figures[SAMPLED_LIVE], node + 1);
    for (uint32_t child = children->first[node]; child != 0; child = children->next[child]) {
        write_node(file, sampled, children, child);
        if (children->next[child] != 0)
            fputs(",\n", file);
    }
    fputs("]}", file);
}

static void write_samples(FILE *file, const struct sampled *sampled) {
    uint32_t ordinal = 0;
    for (uint32_t i = 1; i < sampled->node_count; i++)
        if (sampled->nodes[i].figures[SAMPLED_LIVE] > 0)
            fprintf(file, "%s{\"size\":%" PRIu64 ",\"nodeId\":%" PRIu32 ",\"ordinal\":%" PRIu32 "}",
                    ordinal > 0 ? ",\n" : "\n", sampled->nodes[i].figures[SAMPLED_LIVE], i + 1,
                    ordinal + 1),
                ordinal++;
}

int heapprofile_write(FILE *file, const struct export *export) {
    struct children children;
    int error = children_find(&children, &export->sampled, SAMPLED_LIVE);
    if (error == 0) {
        fputs("{\"head\":", file);
        write_node(file, &export->sampled, &children, STACKS_ROOT);
        fputs(",\"samples\":[", file);
        write_samples(file, &export->sampled);
        fputs("]}\n", file);
    }
    children_finish(&children);
    return error;
}
