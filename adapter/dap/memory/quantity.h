/* SPDX-License-Identifier: MIT */
/*
 * quantity: numbers as a person reads them, exact to the last digit: "56,000 B", "+1,234 B".
 */
#ifndef LUAHEAT_DAP_QUANTITY_H
#define LUAHEAT_DAP_QUANTITY_H

#include <stdint.h>

struct quantity {
    char text[40];
};

struct quantity quantity_count(uint64_t count);
struct quantity quantity_bytes(uint64_t bytes);

/* With its sign, but "0 B". */
struct quantity quantity_change(int64_t bytes);

#endif
