/* SPDX-License-Identifier: MIT */
#include "heat.h"

int heat_level(int64_t value, int64_t max) {
    if (value <= 0)
        return 0;
    int level = HEAT_LEVELS;
    for (; level > 1 && value <= max / 4; max /= 4)
        level--;
    return level;
}

const char *heat_shape(int level) {
    static const char *const shapes[HEAT_LEVELS + 1] = {" ", "▁", "▂", "▄", "▆", "█"};
    return shapes[level];
}

/* Of the 256-colour palette, which themes leave alone; chosen to be read on black and on white. */
const char *heat_colour(int level) {
    static const char *const colours[HEAT_LEVELS + 1] = {"",         "38;5;244", "38;5;136",
                                                         "38;5;172", "38;5;202", "1;38;5;196"};
    return colours[level];
}
