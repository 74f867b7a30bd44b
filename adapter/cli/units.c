/* SPDX-License-Identifier: MIT */
#include "units.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

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

static uint64_t size_of(int64_t number) {
    return number < 0 ? -(uint64_t)number : (uint64_t)number;
}

/* Puts a sign that is not '+' for 0. */
static char *put_sign(char *text, int64_t number) {
    if (number != 0)
        *text++ = number < 0 ? '-' : '+';
    return text;
}

void units_bytes(char text[UNITS_ROOM], int64_t bytes) {
    if (bytes < 0)
        *text++ = '-';
    short_text(text, size_of(bytes), "B");
}

void units_count(char text[UNITS_ROOM], uint64_t count) {
    short_text(text, count, "");
}

void units_bytes_change(char text[UNITS_ROOM], int64_t bytes) {
    short_text(put_sign(text, bytes), size_of(bytes), "B");
}

void units_count_change(char text[UNITS_ROOM], int64_t count) {
    short_text(put_sign(text, count), size_of(count), "");
}

void units_exact_signed(char text[UNITS_ROOM], int64_t number) {
    if (number < 0)
        *text++ = '-';
    units_exact(text, size_of(number));
}

void units_exact_change(char text[UNITS_ROOM], int64_t number) {
    units_exact(put_sign(text, number), size_of(number));
}

/* ---- reading ---- */

static int64_t unit_named(const char *word) {
    static const struct {
        const char *name;
        int64_t bytes;
    } units[] = {{"", 1},          {"B", 1},           {"KB", 1000},
                 {"MB", 1000000},  {"GB", 1000000000}, {"KiB", INT64_C(1) << 10},
                 {"MiB", 1 << 20}, {"GiB", 1 << 30}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcasecmp(word, units[i].name) == 0)
            return units[i].bytes;
    return 0;
}

/* The digits at *at, behind which it then stands; false if there are none, or too many. */
static bool read_digits(const char **at, int64_t *number) {
    const char *start = *at;
    *number = 0;
    for (; **at >= '0' && **at <= '9'; ++*at)
        if (__builtin_mul_overflow(*number, 10, number) ||
            __builtin_add_overflow(*number, **at - '0', number))
            return false;
    return *at > start;
}

/* The decimals of a unit, in bytes. The ones behind the ninth are less than two bytes of a GiB. */
static int64_t read_fraction(const char *decimals, int64_t unit) {
    int64_t number = 0, power = 1;
    for (; *decimals >= '0' && *decimals <= '9' && power < 1000000000; decimals++) {
        power *= 10;
        number = number * 10 + (*decimals - '0');
    }
    return number * unit / power;
}

int units_parse_bytes(const char *text, int64_t *bytes) {
    int64_t whole, fraction = 0;
    if (!read_digits(&text, &whole))
        return -EINVAL;
    const char *decimals = NULL;
    if (*text == '.') {
        decimals = ++text;
        text += strspn(text, "0123456789");
    }
    int64_t unit = unit_named(text);
    if (unit == 0 || decimals == text)
        return -EINVAL;
    if (decimals != NULL)
        fraction = read_fraction(decimals, unit);
    if (__builtin_mul_overflow(whole, unit, &whole) ||
        __builtin_add_overflow(whole, fraction, bytes))
        return -EINVAL;
    return 0;
}

int units_parse_count(const char *text, int64_t *count) {
    return read_digits(&text, count) && *text == '\0' ? 0 : -EINVAL;
}
