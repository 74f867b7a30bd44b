/* SPDX-License-Identifier: MIT */
#include "suspects.h"

#include "figures.h"

#include <stdbool.h>

/* Else what has happened lately is not known. */
static bool reach_the_end(const struct measurement *measurement, size_t count) {
    uint64_t last = measurement->points[count - 1];
    return measurement->closed < last || measurement->closed - last <= last / 4;
}

struct suspects_points suspects_points(const struct measurement *measurement, uint64_t warmup) {
    struct suspects_points points = {0};
    size_t count = windows_points(measurement);
    while (points.first < count && measurement->points[points.first] <= warmup)
        points.first++;
    if (points.first < count && reach_the_end(measurement, count))
        points.count = count - points.first;
    return points;
}

static int64_t right_bytes(uint64_t bytes) {
    return bytes <= SUSPICION_MOST_BYTES ? (int64_t)bytes : 0;
}

struct suspicion suspects_judge(const struct measurement *measurement,
                                const struct suspects_points *points,
                                const struct window_line *line, int64_t *living) {
    for (size_t i = 0; i < points->count; i++)
        living[i] = right_bytes(line->living[points->first + i]);
    if (line->site < FIGURES_PSEUDO_SITES)
        return (struct suspicion){.level = SUSPICION_NONE};
    return suspicion_judge(measurement->points + points->first, living, points->count);
}

static bool is_suspect(const struct windows_figures *windows, const struct suspects_points *points,
                       const struct window_line *line) {
    int64_t living[WINDOWS_POINTS];
    const struct measurement *measurement = &windows->measurements[line->measurement];
    return suspects_judge(measurement, points, line, living).level != SUSPICION_NONE;
}

void suspects_mark(const struct windows_figures *windows, uint64_t warmup, uint64_t *sites) {
    struct suspects_points points[WINDOWS_MEASUREMENTS];
    uint32_t measurements = windows_measurements(windows);
    for (uint32_t i = 0; i < measurements; i++)
        points[i] = suspects_points(&windows->measurements[i], warmup);
    for (uint32_t i = 0; i < windows_lines(windows); i++) {
        const struct window_line *line = &windows->lines[i];
        if (line->measurement < measurements && line->site < FIGURES_MAX_SITES &&
            is_suspect(windows, &points[line->measurement], line))
            sites[line->site / 64] |= UINT64_C(1) << line->site % 64;
    }
}
