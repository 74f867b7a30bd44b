/* SPDX-License-Identifier: MIT */
/*
 * html: one page that needs nothing else, and forbids its browser to fetch or run anything: no
 * scripts, so that it may be opened wherever it comes from. Light or dark as the browser is.
 */
#include "html.h"

#include "html_head.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { TABLE_ROWS = 50, WIDTH = 1000, HEIGHT = 120 /* of the picture, in its own units */ };

/* ---- the heap ---- */

static void write_heap(FILE *file, const struct lines *lines) {
    fputs("<p id=\"heap\">Heap: ", file);
    html_number(file, (int64_t)lines->live);
    fputs(" bytes; ", file);
    html_number(file, (int64_t)lines->peak);
    fputs(" at its peak.</p>\n", file);
}

/* ---- the timeline ---- */

static uint32_t count_of(const struct timeline_figures *timeline) {
    return timeline->count < TIMELINE_POINTS ? timeline->count : TIMELINE_POINTS;
}

static double share(uint64_t part, uint64_t whole) {
    return whole == 0 ? 0 : part >= whole ? 1 : (double)part / (double)whole;
}

static void write_area(FILE *file, const struct timeline_figures *timeline, uint32_t count,
                       uint64_t duration, uint64_t most) {
    fprintf(file, "<path d=\"M0 %d", HEIGHT);
    for (uint32_t i = 0; i < count; i++)
        fprintf(file, "L%.2f %.2f", WIDTH * share(timeline->points[i].microseconds, duration),
                HEIGHT * (1 - share(timeline->points[i].live, most)));
    fprintf(file, "V%dZ\"/>", HEIGHT);
}

static void write_timeline(FILE *file, const struct timeline_figures *timeline) {
    uint32_t count = count_of(timeline);
    uint64_t most = 0;
    for (uint32_t i = 0; i < count; i++)
        most = timeline->points[i].live > most ? timeline->points[i].live : most;
    if (count < 2)
        return;
    uint64_t duration = timeline->points[count - 1].microseconds;
    fprintf(file,
            "<h2>Heap over time</h2>\n<svg id=\"timeline\" viewBox=\"0 0 %d %d\" "
            "preserveAspectRatio=\"none\" role=\"img\" aria-labelledby=\"timeline-text\">",
            WIDTH, HEIGHT);
    write_area(file, timeline, count, duration, most);
    fputs("</svg>\n<p id=\"timeline-text\">", file);
    fprintf(file, "%.3f seconds; the top is ", (double)duration / 1e6);
    html_number(file, (int64_t)most);
    fputs(" bytes.</p>\n", file);
}

/* ---- lines ---- */

int html_place_cell(FILE *file, const struct export *export, const struct lines_row *row) {
    bool listed = lines_path(export->figures, row) != NULL && row->line > 0;
    char *place = html_place(export, row);
    if (place == NULL)
        return -ENOMEM;
    fputs("<td>", file);
    if (listed)
        fprintf(file, "<a href=\"#s%" PRIu32 "-%" PRIu32 "\">", row->source, row->line);
    int error = html_text(file, place, strlen(place));
    fputs(listed ? "</a></td>" : "</td>", file);
    free(place);
    return error;
}

/* What stands in a table, behind it what of the stacks. */
static enum columns_use with_callees(const struct export *export) {
    return export->lines.stacks != 0 ? COLUMNS_WITH_CALLEES_IN_TABLE : COLUMNS_NONE;
}

static int write_row(FILE *file, const struct export *export, const struct lines_row *row) {
    fputs("<tr>", file);
    html_figures(file, COLUMNS_IN_TABLE, row);
    html_figures(file, with_callees(export), row);
    int error = html_place_cell(file, export, row);
    fputs("</tr>\n", file);
    return error;
}

/* The first rows of the lines. */
static int write_table(FILE *file, const struct export *export, const char *title,
                       const char *name) {
    size_t count = export->lines.count < TABLE_ROWS ? export->lines.count : TABLE_ROWS;
    int error = 0;
    fprintf(file, "<h2>%s</h2>\n<table id=\"%s\"><thead><tr>", title, name);
    html_titles(file, COLUMNS_IN_TABLE);
    html_titles(file, with_callees(export));
    fputs("<th></th></tr></thead><tbody>\n", file);
    for (size_t i = 0; i < count && error == 0; i++)
        error = write_row(file, export, &export->lines.rows[i]);
    fputs("</tbody></table>\n", file);
    return error;
}

static void write_exactness(FILE *file, const struct lines *lines) {
    fputs("<p>With callees: what a line allocated itself, and what was allocated in its calls. ",
          file);
    if (lines->stacks == STACKS_ALL) {
        fputs("All calls were looked at: it is exact.</p>\n", file);
        return;
    }
    fputs("Estimates from ", file);
    html_number(file, (int64_t)lines->samples);
    fputs(" samples; 95 of 100 are within ±.</p>\n", file);
}

/* In another order than the export has them. */
static int write_callees(FILE *file, const struct export *export) {
    if (export->lines.stacks == 0)
        return 0;
    struct export sorted = {.figures = export->figures};
    int error = lines_read(&sorted.lines, export->figures);
    if (error == 0) {
        lines_sort(&sorted.lines, export->figures, COLUMN_WITH_CALLEES);
        error = write_table(file, &sorted, "Lines by allocated with callees (bytes)", "callees");
        write_exactness(file, &sorted.lines);
    }
    lines_finish(&sorted.lines);
    return error;
}

/* ---- the page ---- */

static int write_flames(FILE *file, const struct sampled *sampled) {
    if (sampled->samples == 0)
        return 0;
    fputs("<h2>Call stacks</h2>\n<p>Estimates from ", file);
    html_number(file, (int64_t)sampled->samples);
    fputs(" samples, one in ", file);
    html_number(file, (int64_t)sampled->mean);
    fputs(" bytes on average. The outermost calls are on top.</p>\n<h3>Live</h3>\n", file);
    int error = html_flame(file, sampled, SAMPLED_LIVE);
    fputs("<h3>Allocated</h3>\n", file);
    return error != 0 ? error : html_flame(file, sampled, SAMPLED_ALLOCATED);
}

int html_write(FILE *file, const struct export *export) {
    fputs(html_head, file);
    int error = html_findings(file, export);
    write_heap(file, &export->lines);
    write_timeline(file, &export->figures->timeline);
    if (error == 0)
        error = write_table(file, export, "Lines by growth (bytes)", "lines");
    if (error == 0)
        error = write_callees(file, export);
    if (error == 0)
        error = html_measured(file, export);
    if (error == 0 && export->answers.why != NULL)
        error = html_why(file, export->answers.why);
    if (error == 0 && export->answers.largest != NULL)
        error = html_largest(file, export->answers.largest);
    if (error == 0)
        error = write_flames(file, &export->sampled);
    fputs("<h2>Source</h2>\n", file);
    if (error == 0)
        error = html_sources(file, export);
    fputs("</body></html>\n", file);
    return error;
}
