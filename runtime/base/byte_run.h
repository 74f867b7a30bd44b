/* SPDX-License-Identifier: MIT */
/*
 * byte_run: which bytes of a text are something special, looked at eight at a time: of megabytes
 * that are copied into a literal few are so. A set of a word's bytes is a word with the top bits of
 * those bytes.
 */
#ifndef LUAHEAT_BASE_BYTE_RUN_H
#define LUAHEAT_BASE_BYTE_RUN_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define BYTE_RUN_WORD sizeof(uint64_t)
#define BYTE_RUN_ALL(byte) (UINT64_C(0x0101010101010101) * (byte))
#define BYTE_RUN_TOPS BYTE_RUN_ALL(0x80)

/* Of a word of ASCII: the bytes from `least` on, and those that are not `byte`. Other bits say
   nothing. */
static inline uint64_t byte_run_from(uint64_t ascii, unsigned least) {
    return ascii + BYTE_RUN_ALL(0x80 - least);
}

static inline uint64_t byte_run_but(uint64_t ascii, unsigned byte) {
    return byte_run_from(ascii ^ BYTE_RUN_ALL(byte), 1);
}

/* Neither a control character, nor a quote, nor a backslash. */
static inline uint64_t byte_run_in_quotes(uint64_t ascii) {
    return byte_run_from(ascii, ' ') & byte_run_but(ascii, '"') & byte_run_but(ascii, '\\');
}

/* What has to be escaped in JSON. */
static inline uint64_t byte_run_special(uint64_t word) {
    return ~(byte_run_in_quotes(word & ~BYTE_RUN_TOPS) | word) & BYTE_RUN_TOPS;
}

/* That and what is no printed character of ASCII. */
static inline uint64_t byte_run_unprinted(uint64_t word) {
    uint64_t ascii = word & ~BYTE_RUN_TOPS;
    return (~(byte_run_in_quotes(ascii) & byte_run_but(ascii, 0x7f)) | word) & BYTE_RUN_TOPS;
}

/* NUL and what is no ASCII. */
static inline uint64_t byte_run_unascii(uint64_t word) {
    return (~byte_run_from(word & ~BYTE_RUN_TOPS, 1) | word) & BYTE_RUN_TOPS;
}

static inline size_t byte_run_count(uint64_t set) {
    return (size_t)((set >> 7) * BYTE_RUN_ALL(1) >> 56);
}

/* How many bytes stand before the first of the set. */
static inline size_t byte_run_before(uint64_t set) {
    if (set == 0)
        return BYTE_RUN_WORD;
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    return (size_t)__builtin_clzll(set) / 8;
#else
    return (size_t)__builtin_ctzll(set) / 8;
#endif
}

/* The first bytes of what is left of a text; behind its end stands NUL. */
static inline uint64_t byte_run_next(const char *bytes, size_t size) {
    uint64_t word = 0;
    if (size >= sizeof word)
        memcpy(&word, bytes, sizeof word);
    else
        memcpy(&word, bytes, size);
    return word;
}

/* How many bytes at the beginning are not in the set that `set_of` has of a word, as NUL is. */
static inline size_t byte_run(const char *bytes, size_t size, uint64_t (*set_of)(uint64_t word)) {
    size_t run = 0, before;
    do {
        before = byte_run_before(set_of(byte_run_next(bytes + run, size - run)));
        run += before;
    } while (before == BYTE_RUN_WORD);
    return run;
}

#endif
