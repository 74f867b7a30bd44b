/* SPDX-License-Identifier: MIT */
#include "nearest.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

enum { WORD_BYTES = 64 };

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

static bool is_same(char a, char b) {
    return tolower((unsigned char)a) == tolower((unsigned char)b);
}

/* How many letters are to be put in, taken out or changed (Levenshtein's distance). */
static size_t distance(const char *word, const char *other) {
    size_t row[WORD_BYTES], length = strlen(other);
    for (size_t i = 0; i <= length; i++)
        row[i] = i;
    for (; *word != '\0'; word++) {
        size_t before = row[0]++;
        for (size_t i = 1; i <= length; i++) {
            size_t changed = before + !is_same(*word, other[i - 1]);
            before = row[i];
            row[i] = least(changed, least(row[i], row[i - 1]) + 1);
        }
    }
    return row[length];
}

static bool is_near(size_t distance, const char *word, const char *other) {
    size_t length = strlen(word), longer = strlen(other) > length ? strlen(other) : length;
    return 2 * distance < longer;
}

const char *nearest(const char *word, const char *const *words, size_t count) {
    const char *best = NULL;
    size_t best_distance = WORD_BYTES;
    for (size_t i = 0; i < count && strlen(word) < WORD_BYTES; i++) {
        size_t far = strlen(words[i]) < WORD_BYTES ? distance(word, words[i]) : WORD_BYTES;
        if (far >= best_distance || !is_near(far, word, words[i]))
            continue;
        best = words[i];
        best_distance = far;
    }
    return best;
}
