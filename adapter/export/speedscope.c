/* SPDX-License-Identifier: MIT */
/*
 * speedscope: its own file format, with two profiles of bytes: what lives, and what was allocated.
 * A frame is a line of a function.
 */
#include "call_tree.h"
#include "export.h"
#include "json.h"

#include <errno.h>
#include <stdlib.h>

struct writer {
    struct json json;
    const struct sampled *sampled;
    struct places places;
    uint32_t path[SAMPLED_DEPTH]; /* at work */
};

static void write_frame(struct writer *writer, uint32_t at) {
    const struct sampled_node *node = &writer->sampled->nodes[at];
    const struct sampled_function *function = &writer->sampled->functions[node->function];
    json_line(&writer->json);
    json_begin_object(&writer->json);
    json_member_text(&writer->json, "name", function->name);
    if (*function->file != '\0')
        json_member_text(&writer->json, "file", function->file);
    if (node->line > 0)
        json_member_unsigned(&writer->json, "line", node->line);
    json_end_object(&writer->json);
}

static void write_frames(struct writer *writer) {
    json_member_object(&writer->json, "shared");
    json_member_array(&writer->json, "frames");
    for (size_t i = 0; i < writer->places.count; i++)
        write_frame(writer, writer->places.nodes[i]);
    json_end_array(&writer->json);
    json_end_object(&writer->json);
}

/* The outermost call first. */
static void write_stack(struct writer *writer, uint32_t node) {
    size_t depth = 0;
    for (; node != STACKS_ROOT; node = writer->sampled->nodes[node].parent)
        writer->path[depth++] = writer->places.of_nodes[node];
    json_line(&writer->json);
    json_begin_array(&writer->json);
    while (depth-- > 0)
        json_unsigned(&writer->json, writer->path[depth]);
    json_end_array(&writer->json);
}

static void write_samples(struct writer *writer, enum sampled_figure figure) {
    json_member_array(&writer->json, "samples");
    for (uint32_t i = 1; i < writer->sampled->node_count; i++)
        if (writer->sampled->nodes[i].figures[figure] > 0)
            write_stack(writer, i);
    json_end_array(&writer->json);
}

static uint64_t write_weights(struct writer *writer, enum sampled_figure figure) {
    uint64_t sum = 0;
    json_member_array(&writer->json, "weights");
    for (uint32_t i = 1; i < writer->sampled->node_count; i++) {
        uint64_t bytes = writer->sampled->nodes[i].figures[figure];
        if (bytes > 0)
            json_unsigned(&writer->json, bytes);
        sum += bytes;
    }
    json_end_array(&writer->json);
    return sum;
}

static void write_profile(struct writer *writer, const char *name, enum sampled_figure figure) {
    json_line(&writer->json);
    json_begin_object(&writer->json);
    json_member_text(&writer->json, "type", "sampled");
    json_member_text(&writer->json, "name", name);
    json_member_text(&writer->json, "unit", "bytes");
    write_samples(writer, figure);
    uint64_t sum = write_weights(writer, figure);
    json_member_unsigned(&writer->json, "startValue", 0);
    json_member_unsigned(&writer->json, "endValue", sum);
    json_end_object(&writer->json);
}

static void write_all(struct writer *writer) {
    struct json *json = &writer->json;
    json_begin_object(json);
    json_member_text(json, "$schema", "https://www.speedscope.app/file-format-schema.json");
    json_member_text(json, "exporter", "luaheat");
    json_member_text(json, "name", "Lua memory");
    json_member_unsigned(json, "activeProfileIndex", 0);
    write_frames(writer);
    json_member_array(json, "profiles");
    write_profile(writer, "live", SAMPLED_LIVE);
    write_profile(writer, "allocated", SAMPLED_ALLOCATED);
    json_end_array(json);
    json_end_object(json);
}

int speedscope_write(FILE *file, const struct export *export) {
    struct writer writer = {.sampled = &export->sampled};
    int error = places_find(&writer.places, &export->sampled);
    if (error == 0) {
        json_begin(&writer.json, file);
        write_all(&writer);
        error = json_finish(&writer.json);
        putc('\n', file);
    }
    places_finish(&writer.places);
    return error;
}
