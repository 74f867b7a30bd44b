/* SPDX-License-Identifier: MIT */
/*
 * suspicion: does what lives grow without end? Judges a series of bytes that lived at points spread
 * evenly over a run, garbage apart. Knows nothing of figures.
 *
 * What was there at a point and was never gone below afterwards is kept: the envelope, the least of
 * that point and all later ones. What happens in the first quarter of a run may be its warm-up. A
 * suspect is a series
 *  - that rises after it: Mann-Kendall's test (H. B. Mann, Econometrica 13, 1945; M. G. Kendall,
 *    Rank Correlation Methods, 1975), with its correction for ties, one-sided at 1 %: of a hundred
 *    series in which the order of the values means nothing one passes;
 *  - in the second and third quarter by half as much again as it has ever fallen: else what comes
 * and goes explains it (a queue, a batch);
 *  - at three stretches between points or more, two of them in the second half;
 *  - as fast in the second half as before: by at least 30 % of what it rose by since the first
 *    quarter (a straight line: 67 %), and 20 % of all; of what rises in most stretches, and has
 *    never fallen by a quarter of that, 50 % since the first quarter are enough, however much
 *    there was at first. A cache or a pool that has filled does not;
 *  - and still does: by the rate of its rises until the last of them, so long a rest as that since
 *    has a probability of 2 % or more;
 *  - by a byte a window or more.
 * A buffer doubles: its rests are longer each time, and one rise in the second half, of at least 30
 * % of all, is enough for it.
 */
#ifndef LUAHEAT_LINK_SUSPICION_H
#define LUAHEAT_LINK_SUSPICION_H

#include <stddef.h>
#include <stdint.h>

/* With fewer points no series can pass the test; of more than that they are not judged. */
enum { SUSPICION_LEAST = 8, SUSPICION_MOST = 64 };

/* Of one point. */
#define SUSPICION_MOST_BYTES (UINT64_C(1) << 53)

/* Certain: rises in most stretches of the second half, and has never given back a quarter of it. */
enum suspicion_level { SUSPICION_NONE, SUSPICION_LIKELY, SUSPICION_CERTAIN };

struct suspicion {
    enum suspicion_level level;
    int64_t kept;       /* bytes, in all */
    int64_t per_window; /* since it began, the first quarter apart */
    uint64_t since;     /* the number of the window after which it began */
    size_t rises, stretches;
};

/* "likely", "certain" */
const char *suspicion_word(enum suspicion_level level);

/* windows: how many there had been at each of the points, ascending. */
struct suspicion suspicion_judge(const uint64_t *windows, const int64_t *living, size_t count);

#endif
