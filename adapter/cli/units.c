/* SPDX-License-Identifier: MIT */
#include "units.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { MILLION = 1000000 };

void units_exact(char text[UNITS_ROOM], uint64_t number) {
    char digits[UNITS_ROOM];
    int count = snprintf(digits, sizeof digits, "%" PRIu64, number);
    for (int i = 0; i < count; i++) {
        *text++ = digits[i];
        int left = count - i - 1;
        if (left > 0 && left % 3 == 0)
            *text++ = ',';
    }
    *text = '\0';
}

/* number in the given unit with so many decimals, if that takes three digits: rounding may take one
   more ("9.996 M" is "10.0 M", not "10.00 M"). */
static int three_digits(char *text, uint64_t number, uint64_t unit, int decimals) {
    static const unsigned powers[] = {1, 10, 100};
    uint64_t step = unit / powers[decimals];
    uint64_t rounded = number / step + (number % step >= step / 2);
    if (rounded >= 1000)
        return 0;
    unsigned power = powers[decimals];
    unsigned whole = (unsigned)rounded / power, fraction = (unsigned)rounded % power;
    return decimals == 0 ? snprintf(text, UNITS_ROOM - 3, "%u", whole)
                         : snprintf(text, UNITS_ROOM - 3, "%u.%0*u", whole, decimals, fraction);
}

static void scaled(char *text, uint64_t number, const char *suffix) {
    static const char letters[] = "MGTPE";
    uint64_t unit = MILLION;
    for (const char *letter = letters; *letter != '\0'; letter++, unit *= 1000)
        for (int decimals = 2; decimals >= 0; decimals--) {
            int length = three_digits(text, number, unit, decimals);
            if (length > 0) {
                snprintf(text + length, 5, " %c%s", *letter, suffix);
                return;
            }
        }
}

static void short_text(char *text, uint64_t number, const char *suffix) {
    if (number < MILLION)
        units_exact(text, number);
    else
        scaled(text, number, suffix);
}

void units_bytes(char text[UNITS_ROOM], int64_t bytes) {
    uint64_t size = bytes < 0 ? -(uint64_t)bytes : (uint64_t)bytes;
    if (bytes < 0)
        *text++ = '-';
    short_text(text, size, "B");
}

void units_count(char text[UNITS_ROOM], uint64_t count) {
    short_text(text, count, "");
}
