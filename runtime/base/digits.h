/* SPDX-License-Identifier: MIT */
/*
 * digits: whole numbers as text, without printf, which reads its format for each of hundreds of
 * thousands.
 */
#ifndef LUAHEAT_BASE_DIGITS_H
#define LUAHEAT_BASE_DIGITS_H

#include <stdint.h>

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

#endif
