/* SPDX-License-Identifier: MIT */
#include "figure.h"

#include <errno.h>
#include <string.h>

const char *figure_name(enum figure figure) {
    static const char *const names[FIGURES] = {
        [FIGURE_GROWTH] = "growth",       [FIGURE_LIVE] = "live",
        [FIGURE_ALLOCATED] = "allocated", [FIGURE_FREED] = "freed",
        [FIGURE_PEAK] = "at_peak",        [FIGURE_ALLOCATIONS] = "allocations"};
    return names[figure];
}

int figure_parse(const char *word, enum figure *figure) {
    for (int i = 0; i < FIGURES; i++) {
        const char *name = i == FIGURE_PEAK ? "peak" : figure_name((enum figure)i);
        if (strcmp(word, name) == 0) {
            *figure = (enum figure)i;
            return 0;
        }
    }
    return -EINVAL;
}
