/* SPDX-License-Identifier: MIT */
#include "quantity.h"

#include <inttypes.h>
#include <stdio.h>

struct quantity quantity_count(uint64_t count) {
    char digits[24];
    size_t length = (size_t)sprintf(digits, "%" PRIu64, count);
    struct quantity quantity;
    char *end = quantity.text;
    for (size_t i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            *end++ = ',';
        *end++ = digits[i];
    }
    *end = '\0';
    return quantity;
}

struct quantity quantity_bytes(uint64_t bytes) {
    struct quantity quantity;
    snprintf(quantity.text, sizeof quantity.text, "%.30s B", quantity_count(bytes).text);
    return quantity;
}

struct quantity quantity_change(int64_t bytes) {
    struct quantity quantity;
    const char *sign = bytes < 0 ? "-" : "+";
    uint64_t size = bytes < 0 ? 0 - (uint64_t)bytes : (uint64_t)bytes;
    snprintf(quantity.text, sizeof quantity.text, "%s%.30s B", bytes == 0 ? "" : sign,
             quantity_count(size).text);
    return quantity;
}
