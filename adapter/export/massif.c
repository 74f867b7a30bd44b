/* SPDX-License-Identifier: MIT */
/*
 * massif: the output of Valgrind's heap profiler, as ms_print and massif-visualizer read it: the
 * heap as time went by and, to the byte, what each line holds of it at the peak and at the end. A
 * line stands where massif has a function of C.
 */
#include "export.h"
#include "report.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

struct writer {
    FILE *file;
    const struct export *export;
    struct lines lines; /* by the figure that is written */
    unsigned snapshots;
};

typedef uint64_t figure_function(const struct lines_row *row);

static uint64_t at_peak(const struct lines_row *row) {
    return row->at_peak;
}

static uint64_t live(const struct lines_row *row) {
    return row->live;
}

/* A line ends the entry, and '#' begins a comment. */
static void write_text(FILE *file, const char *text) {
    for (; *text != '\0'; text++)
        putc(*text == '#' || (unsigned char)*text < ' ' ? '?' : *text, file);
}

/* kind: how detailed it is, by massif's words. */
static void begin_snapshot(struct writer *writer, uint64_t microseconds, uint64_t bytes,
                           const char *kind) {
    fprintf(writer->file,
            "#-----------\nsnapshot=%u\n#-----------\ntime=%" PRIu64 ".%03u\nmem_heap_B=%" PRIu64
            "\nmem_heap_extra_B=0\nmem_stacks_B=0\nheap_tree=%s\n",
            writer->snapshots++, microseconds / 1000, (unsigned)(microseconds % 1000), bytes, kind);
}

static int write_line(struct writer *writer, const struct lines_row *row, uint64_t bytes) {
    char *source = report_source(writer->export->figures, row);
    if (source == NULL)
        return -ENOMEM;
    fprintf(writer->file, " n0: %" PRIu64 " 0x%" PRIX32 ": ", bytes, row->site);
    if (row->line > 0)
        fprintf(writer->file, "line %" PRIu32 " (", row->line);
    write_text(writer->file, source);
    if (row->line > 0)
        fprintf(writer->file, ":%" PRIu32 ")", row->line);
    putc('\n', writer->file);
    free(source);
    return 0;
}

/* Of all bytes at that moment: the lines that hold some. */
static int write_tree(struct writer *writer, uint64_t bytes, figure_function *figure) {
    const struct lines *lines = &writer->lines;
    size_t count = 0;
    for (size_t i = 0; i < lines->count; i++)
        count += figure(&lines->rows[i]) > 0;
    fprintf(writer->file, "n%zu: %" PRIu64 " (heap allocation functions) Lua\n", count, bytes);
    int error = 0;
    for (size_t i = 0; i < lines->count && error == 0; i++)
        if (figure(&lines->rows[i]) > 0)
            error = write_line(writer, &lines->rows[i], figure(&lines->rows[i]));
    return error;
}

static int write_peak(struct writer *writer, uint64_t microseconds) {
    lines_sort(&writer->lines, writer->export->figures, COLUMN_AT_PEAK);
    begin_snapshot(writer, microseconds, writer->lines.peak, "peak");
    return write_tree(writer, writer->lines.peak, at_peak);
}

static int write_end(struct writer *writer, uint64_t microseconds) {
    lines_sort(&writer->lines, writer->export->figures, COLUMN_LIVE);
    begin_snapshot(writer, microseconds, writer->lines.live, "detailed");
    return write_tree(writer, writer->lines.live, live);
}

/* The peak is in the stretch of which most is known to have lived. */
static int write_snapshots(struct writer *writer, const struct timeline_figures *timeline) {
    uint32_t count = timeline->count < TIMELINE_POINTS ? timeline->count : TIMELINE_POINTS, top = 0;
    const struct timeline_point *points = timeline->points;
    for (uint32_t i = 1; i < count; i++)
        top = points[i].live > points[top].live ? i : top;
    begin_snapshot(writer, 0, 0, "empty");
    for (uint32_t i = 0; i < top; i++)
        begin_snapshot(writer, points[i].microseconds, points[i].live, "empty");
    int error = write_peak(writer, count > 0 ? points[top].microseconds : 0);
    for (uint32_t i = top + 1; i < count; i++)
        begin_snapshot(writer, points[i].microseconds, points[i].live, "empty");
    return error != 0 ? error : write_end(writer, count > 0 ? points[count - 1].microseconds : 0);
}

int massif_write(FILE *file, const struct export *export) {
    struct writer writer = {.file = file, .export = export};
    fputs("desc: luaheat\ncmd: lua\ntime_unit: ms\n", file);
    int error = lines_read(&writer.lines, export->figures);
    if (error == 0)
        error = write_snapshots(&writer, &export->figures->timeline);
    lines_finish(&writer.lines);
    return error;
}
