/* SPDX-License-Identifier: MIT */
#include "suspicion.h"

#include <math.h>
#include <stdbool.h>

/* One-sided, 1 %; of the rest since the last rise; shares of what it has risen by. */
static const double significant = 2.326, too_improbable = 0.02, late_of_all = 0.2,
                    late_of_later = 0.3, late_of_steady = 0.5, last_of_doubling = 0.3;

enum { FALLEN_TIMES = 3, FALLEN_OF = 2 };

struct series {
    size_t count;
    const int64_t *living;
    int64_t kept[SUSPICION_MOST]; /* the envelope */
};

/* ---- does it rise? ---- */

/* How many values from `first` on are the same as this one, if it is the first of them; else 0. */
static double ties(const struct series *series, size_t first, size_t at) {
    double count = 0;
    for (size_t i = first; i < series->count; i++) {
        if (series->living[i] != series->living[at])
            continue;
        if (i < at)
            return 0;
        count++;
    }
    return count;
}

static double variance_of(double count) {
    return count * (count - 1) * (2 * count + 5) / 18;
}

/* Mann-Kendall's Z of what is from `first` on. */
static double trend(const struct series *series, size_t first) {
    double score = 0, variance = variance_of((double)(series->count - first));
    for (size_t i = first; i < series->count; i++) {
        for (size_t k = i + 1; k < series->count; k++)
            score +=
                (series->living[k] > series->living[i]) - (series->living[k] < series->living[i]);
        variance -= variance_of(ties(series, first, i));
    }
    return variance > 0 ? (score - 1) / sqrt(variance) : 0;
}

/* ---- what is kept ---- */

static void find_kept(struct series *series) {
    int64_t least = INT64_MAX;
    for (size_t i = series->count; i-- > 0;) {
        least = series->living[i] < least ? series->living[i] : least;
        series->kept[i] = least;
    }
}

/* The most that it has ever fallen by. */
static int64_t fall(const struct series *series) {
    int64_t most = 0, highest = series->living[0];
    for (size_t i = 1; i < series->count; i++) {
        highest = series->living[i] > highest ? series->living[i] : highest;
        int64_t fallen = highest - series->living[i];
        most = fallen > most ? fallen : most;
    }
    return most;
}

static int64_t rise(const struct series *series, size_t from, size_t to) {
    return series->kept[to] - series->kept[from];
}

/* Its end is the first point of the second half; the stretch that it begins belongs to it. */
static size_t half(const struct series *series) {
    return series->count / 2 - 1;
}

/* Stretches in which it rises: number i is between the points i and i + 1. */
struct rises {
    size_t count, late; /* late: in the second half */
    size_t first, last;
};

static struct rises find_rises(const struct series *series) {
    struct rises rises = {0};
    for (size_t i = 0; i + 1 < series->count; i++) {
        if (rise(series, i, i + 1) == 0)
            continue;
        rises.first = rises.count == 0 ? i : rises.first;
        rises.last = i;
        rises.count++;
        rises.late += i >= half(series);
    }
    return rises;
}

/* ---- is it going on? ---- */

static bool is_doubling(const struct series *series, const struct rises *rises) {
    double last = (double)rise(series, rises->last, rises->last + 1);
    return rises->late == 1 &&
           last >= last_of_doubling * (double)rise(series, 0, series->count - 1);
}

static bool is_steady(const struct series *series, const struct rises *rises) {
    return rises->late * 2 > series->count - 1 - half(series);
}

static bool is_as_fast(const struct series *series, const struct rises *rises) {
    size_t end = series->count - 1;
    double late = (double)rise(series, half(series), end);
    double later = (double)rise(series, end / 4, end), all = (double)rise(series, 0, end);
    return (late >= late_of_later * later && late >= late_of_all * all) ||
           (late >= late_of_steady * later && is_steady(series, rises) &&
            (double)fall(series) <= late / 4);
}

static bool goes_on(const struct series *series, const struct rises *rises) {
    double stretches = (double)(rises->last - rises->first + 2);
    double none = 1 - (double)rises->count / stretches;
    double rest = (double)(series->count - 2 - rises->last);
    return pow(none, rest) >= too_improbable;
}

static bool rises_on(const struct series *series, const struct rises *rises) {
    if (rises->count < 3 || !is_as_fast(series, rises))
        return false;
    return is_doubling(series, rises) || (rises->late >= 2 && goes_on(series, rises));
}

/* ---- the verdict ---- */

const char *suspicion_word(enum suspicion_level level) {
    static const char *const words[] = {"none", "likely", "certain"};
    return words[level];
}

static enum suspicion_level level_of(const struct series *series, const struct rises *rises) {
    size_t end = series->count - 1;
    int64_t fallen = fall(series), risen = rise(series, end / 4, end * 3 / 4);
    bool explained = risen / FALLEN_TIMES < fallen / FALLEN_OF || risen <= fallen;
    if (explained || !rises_on(series, rises) || trend(series, end / 4) < significant)
        return SUSPICION_NONE;
    return is_steady(series, rises) && fallen <= risen / 4 ? SUSPICION_CERTAIN : SUSPICION_LIKELY;
}

static int64_t per_window(const struct series *series, const uint64_t *windows,
                          const struct rises *rises) {
    size_t end = series->count - 1, first = rises->first > end / 4 ? rises->first : end / 4;
    uint64_t span = windows[end] - windows[first];
    return span > 0 ? rise(series, first, end) / (int64_t)span : 0;
}

struct suspicion suspicion_judge(const uint64_t *windows, const int64_t *living, size_t count) {
    struct series series = {.count = count, .living = living};
    if (count < SUSPICION_LEAST || count > SUSPICION_MOST)
        return (struct suspicion){.level = SUSPICION_NONE};
    find_kept(&series);
    struct rises rises = find_rises(&series);
    int64_t each = per_window(&series, windows, &rises);
    return (struct suspicion){.level = each > 0 ? level_of(&series, &rises) : SUSPICION_NONE,
                              .kept = rise(&series, 0, count - 1),
                              .per_window = each,
                              .since = windows[rises.first],
                              .rises = rises.count,
                              .stretches = count - 1};
}
