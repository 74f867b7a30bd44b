/* SPDX-License-Identifier: MIT */
/*
 * The heap as time went by, as a picture.
 */
#include "html_text.h"

#include <inttypes.h>

enum { WIDTH = 1000, HEIGHT = 120 }; /* the picture's own units */

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

void html_timeline(FILE *file, const struct timeline_figures *timeline) {
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
