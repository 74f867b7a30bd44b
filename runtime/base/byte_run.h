/* SPDX-License-Identifier: MIT */
/*
 * byte_run: how many bytes at the beginning of a text are nothing special, looked at eight at a
 * time: of megabytes that are copied into a literal nearly all are so.
 */
#ifndef LUAHEAT_BASE_BYTE_RUN_H
#define LUAHEAT_BASE_BYTE_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define BYTE_RUN_ALL(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Is a byte of the word below `least` (up to 128)? The bytes from 128 on are not. */
static inline bool byte_run_has_below(uint64_t word, unsigned least) {
    return ((word - BYTE_RUN_ALL(least)) & ~word & BYTE_RUN_ALL(0x80)) != 0;
}

static inline bool byte_run_has(uint64_t word, unsigned byte) {
    return byte_run_has_below(word ^ BYTE_RUN_ALL(byte), 1);
}

/* In JSON: a control character, a quote or a backslash. */
static inline bool byte_run_is_special(unsigned char byte) {
    return byte < ' ' || byte == '"' || byte == '\\';
}

static inline bool byte_run_has_special(uint64_t word) {
    return byte_run_has_below(word, ' ') || byte_run_has(word, '"') || byte_run_has(word, '\\');
}

/* Up to the first that is special in JSON. */
static inline size_t byte_run_in_json(const char *bytes, size_t size) {
    size_t run = 0;
    for (uint64_t word; size - run >= sizeof word; run += sizeof word) {
        memcpy(&word, bytes + run, sizeof word);
        if (byte_run_has_special(word))
            break;
    }
    while (run < size && !byte_run_is_special((unsigned char)bytes[run]))
        run++;
    return run;
}

/* Up to the first that is so, or is no printed character of ASCII. */
static inline size_t byte_run_printed(const char *bytes, size_t size) {
    size_t run = 0;
    for (uint64_t word; size - run >= sizeof word; run += sizeof word) {
        memcpy(&word, bytes + run, sizeof word);
        if ((word & BYTE_RUN_ALL(0x80)) != 0 || byte_run_has(word, 0x7f) ||
            byte_run_has_special(word))
            break;
    }
    while (run < size && !byte_run_is_special((unsigned char)bytes[run]) &&
           (unsigned char)bytes[run] < 0x7f)
        run++;
    return run;
}

#endif
