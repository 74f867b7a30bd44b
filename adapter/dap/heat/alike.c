/* SPDX-License-Identifier: MIT */
#include "alike.h"

#include "alloc.h"

#include <stdlib.h>
#include <string.h>

/* All figures of a row, which stand together in it. */
enum {
    FIGURES_AT = offsetof(struct lines_row, allocations),
    FIGURES_BYTES = offsetof(struct lines_row, turnover) - FIGURES_AT
};

static const char *figures_of(const struct lines_row *row) {
    return (const char *)row + FIGURES_AT;
}

/* FNV-1a, by words. */
static uint64_t hash(const struct lines_row *row) {
    uint64_t sum = UINT64_C(14695981039346656037), word;
    for (size_t i = 0; i < FIGURES_BYTES; i += sizeof word) {
        memcpy(&word, figures_of(row) + i, sizeof word);
        sum = (sum ^ word) * UINT64_C(1099511628211);
    }
    return sum ^ sum >> 32;
}

/* The last row so far that has the same figures. `slots`: of the leading rows, by hash. */
static size_t *last_of(size_t *slots, size_t mask, const struct lines_row *const *rows, size_t i) {
    size_t at = hash(rows[i]) & mask;
    while (slots[at] != ALIKE_NONE &&
           memcmp(figures_of(rows[slots[at]]), figures_of(rows[i]), FIGURES_BYTES) != 0)
        at = (at + 1) & mask;
    return &slots[at];
}

void alike_find(struct alike *alike, const struct lines_row *const *rows, size_t count) {
    size_t room = 2;
    while (room < 2 * count)
        room *= 2;
    size_t *slots = alloc_resized(NULL, room * sizeof *slots);
    for (size_t i = 0; i < room; i++)
        slots[i] = ALIKE_NONE;
    *alike = (struct alike){alloc_zeroed(count + 1, sizeof *alike->next),
                            alloc_zeroed(count + 1, sizeof *alike->leads)};
    for (size_t i = 0; i < count; i++) {
        size_t *last = last_of(slots, room - 1, rows, i);
        alike->leads[i] = *last == ALIKE_NONE;
        alike->next[i] = ALIKE_NONE;
        if (!alike->leads[i])
            alike->next[*last] = i;
        *last = i;
    }
    free(slots);
}

void alike_finish(struct alike *alike) {
    free(alike->next);
    free(alike->leads);
    *alike = (struct alike){0};
}
