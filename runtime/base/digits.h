/* SPDX-License-Identifier: MIT */
/*
 * digits: whole numbers as text, without printf, which reads its format for each of hundreds of
 * thousands.
 */
#ifndef LUAHEAT_BASE_DIGITS_H
#define LUAHEAT_BASE_DIGITS_H

#include <stdint.h>
#include <string.h>

/* So many characters at the most, the sign included. */
enum { DIGITS_BYTES = 20 };

/* Writes them in front of `end`, and no zero behind; where they begin. */
static inline char *digits_put_unsigned(char *end, uint64_t number) {
    do
        *--end = (char)('0' + number % 10);
    while ((number /= 10) != 0);
    return end;
}

static inline char *digits_put_signed(char *end, int64_t number) {
    char *first = digits_put_unsigned(end, number < 0 ? -(uint64_t)number : (uint64_t)number);
    if (number < 0)
        *--first = '-';
    return first;
}

/* Writes it at `at`, where there is room for DIGITS_BYTES whatever it is; where it ends. */
static inline char *digits_write(char *at, int64_t number) {
    if (number >= 0 && number < 10) {
        *at = (char)('0' + number);
        return at + 1;
    }
    char text[2 * DIGITS_BYTES] = {0}, *end = text + DIGITS_BYTES,
                  *first = digits_put_signed(end, number);
    memcpy(at, first, DIGITS_BYTES); /* of a size that is known: two moves */
    return at + (end - first);
}

#endif
