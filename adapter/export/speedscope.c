/* SPDX-License-Identifier: MIT */
/*
 * speedscope: its own file format, with two profiles of bytes: what lives, and what was allocated.
 * A frame is a line of a function.
 */
#include "formats.h"
#include "json_text.h"
#include "places.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

static void write_frames(FILE *file, const struct sampled *sampled, const struct places *places) {
    fputs("\"shared\":{\"frames\":[", file);
    for (size_t i = 0; i < places->count; i++) {
        const struct sampled_node *node = &sampled->nodes[places->nodes[i]];
        const struct sampled_function *function = &sampled->functions[node->function];
        fputs(i > 0 ? ",\n{\"name\":" : "\n{\"name\":", file);
        json_text_write(file, function->name);
        if (*function->file != '\0') {
            fputs(",\"file\":", file);
            json_text_write(file, function->file);
        }
        if (node->line > 0)
            fprintf(file, ",\"line\":%" PRIu32, node->line);
        putc('}', file);
    }
    fputs("]}", file);
}

/* The outermost call first. */
static void write_stack(FILE *file, const struct sampled *sampled, const struct places *places,
                        uint32_t *path, uint32_t node) {
    size_t depth = 0;
    for (; node != STACKS_ROOT; node = sampled->nodes[node].parent)
        path[depth++] = places->of_nodes[node];
    putc('[', file);
    while (depth-- > 0)
        fprintf(file, depth > 0 ? "%" PRIu32 "," : "%" PRIu32 "]", path[depth]);
}

static uint64_t write_weights(FILE *file, const struct sampled *sampled,
                              enum sampled_figure figure) {
    uint64_t sum = 0;
    const char *separator = "";
    fputs(",\"weights\":[", file);
    for (uint32_t i = 1; i < sampled->node_count; i++) {
        uint64_t bytes = sampled->nodes[i].figures[figure];
        if (bytes == 0)
            continue;
        fprintf(file, "%s%" PRIu64, separator, bytes);
        separator = ",";
        sum += bytes;
    }
    putc(']', file);
    return sum;
}

static void write_profile(FILE *file, const struct sampled *sampled, const struct places *places,
                          uint32_t *path, const char *name, enum sampled_figure figure) {
    const char *separator = "\n";
    fprintf(file, "{\"type\":\"sampled\",\"name\":\"%s\",\"unit\":\"bytes\",\"samples\":[", name);
    for (uint32_t i = 1; i < sampled->node_count; i++) {
        if (sampled->nodes[i].figures[figure] == 0)
            continue;
        fputs(separator, file);
        write_stack(file, sampled, places, path, i);
        separator = ",\n";
    }
    putc(']', file);
    uint64_t sum = write_weights(file, sampled, figure);
    fprintf(file, ",\"startValue\":0,\"endValue\":%" PRIu64 "}", sum);
}

int speedscope_write(FILE *file, const struct export *export) {
    const struct sampled *sampled = &export->sampled;
    uint32_t *path = calloc(sampled->node_count, sizeof *path);
    struct places places;
    int error = places_find(&places, sampled);
    if (path == NULL)
        error = -ENOMEM;
    if (error == 0) {
        fputs("{\"$schema\":\"https://www.speedscope.app/file-format-schema.json\","
              "\"exporter\":\"luaheat\",\"name\":\"Lua memory\",\"activeProfileIndex\":0,",
              file);
        write_frames(file, sampled, &places);
        fputs(",\"profiles\":[\n", file);
        write_profile(file, sampled, &places, path, "live", SAMPLED_LIVE);
        fputs(",\n", file);
        write_profile(file, sampled, &places, path, "allocated", SAMPLED_ALLOCATED);
        fputs("]}\n", file);
    }
    places_finish(&places);
    free(path);
    return error;
}
