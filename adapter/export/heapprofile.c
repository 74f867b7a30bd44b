/* SPDX-License-Identifier: MIT */
/*
 * heapprofile: V8's sampling heap profile (SamplingHeapProfile of the Chrome DevTools Protocol):
 * what lives. VS Code and Chrome's DevTools open it. Lines are counted from 0 there.
 */
#include "call_tree.h"
#include "escape.h"
#include "export.h"
#include "json.h"

#include <inttypes.h>
#include <stdlib.h>

struct writer {
    struct json json;
    const struct sampled *sampled;
    struct children children;
};

static void write_url(struct json *json, const struct sampled_function *function) {
    char *url = function->has_path ? escape_file_url(function->file, 0) : NULL;
    json_member_text(json, "url", function->has_path ? url : function->file);
    free(url);
}

static void write_place(struct json *json, const struct sampled_function *function) {
    json_member_text(json, "functionName", function != NULL ? function->name : "(root)");
    if (function != NULL)
        write_url(json, function);
    else
        json_member_text(json, "url", "");
}

static void write_call_frame(struct writer *writer, uint32_t node) {
    const struct sampled_node *at = &writer->sampled->nodes[node];
    char script[16];
    snprintf(script, sizeof script, "%" PRIu32, at->function);
    json_member_object(&writer->json, "callFrame");
    write_place(&writer->json,
                node != STACKS_ROOT ? &writer->sampled->functions[at->function] : NULL);
    json_member_text(&writer->json, "scriptId", script);
    json_member_signed(&writer->json, "lineNumber", (int64_t)at->line - 1);
    json_member_unsigned(&writer->json, "columnNumber", 0);
    json_end_object(&writer->json);
}

/* As deep as the calls are: at most STACKS_DEPTH and a few. */
static void write_node(struct writer *writer, uint32_t node) {
    const struct children *children = &writer->children;
    json_begin_object(&writer->json);
    write_call_frame(writer, node);
    json_member_unsigned(&writer->json, "selfSize",
                         writer->sampled->nodes[node].figures[SAMPLED_LIVE]);
    json_member_unsigned(&writer->json, "id", node + 1);
    json_member_array(&writer->json, "children");
    for (uint32_t child = children->first[node]; child != 0; child = children->next[child]) {
        if (child != children->first[node])
            json_line(&writer->json);
        write_node(writer, child);
    }
    json_end_array(&writer->json);
    json_end_object(&writer->json);
}

static void write_samples(struct writer *writer) {
    uint32_t ordinal = 0;
    json_member_array(&writer->json, "samples");
    for (uint32_t i = 1; i < writer->sampled->node_count; i++) {
        uint64_t bytes = writer->sampled->nodes[i].figures[SAMPLED_LIVE];
        if (bytes == 0)
            continue;
        json_line(&writer->json);
        json_begin_object(&writer->json);
        json_member_unsigned(&writer->json, "size", bytes);
        json_member_unsigned(&writer->json, "nodeId", i + 1);
        json_member_unsigned(&writer->json, "ordinal", ++ordinal);
        json_end_object(&writer->json);
    }
    json_end_array(&writer->json);
}

int heapprofile_write(FILE *file, const struct export *export) {
    struct writer writer = {.sampled = &export->sampled};
    int error = children_find(&writer.children, &export->sampled, SAMPLED_LIVE);
    if (error == 0) {
        json_begin(&writer.json, file);
        json_begin_object(&writer.json);
        json_name(&writer.json, "head");
        write_node(&writer, STACKS_ROOT);
        write_samples(&writer);
        json_end_object(&writer.json);
        error = json_finish(&writer.json);
        putc('\n', file);
    }
    children_finish(&writer.children);
    return error;
}
