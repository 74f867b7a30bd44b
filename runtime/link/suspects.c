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
