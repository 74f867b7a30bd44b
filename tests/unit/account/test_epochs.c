/* SPDX-License-Identifier: MIT */
#include "epochs.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* Cells. */
enum { CELL = 7, OTHER = 9 };

static struct epochs new_epochs(void) {
    struct epochs epochs = {.shared = calloc(1, sizeof *epochs.shared)};
    cr_assert_not_null(epochs.shared);
    return epochs;
}

static uint64_t live(const struct epochs *epochs, uint32_t cell, uint32_t birth) {
    int column = epochs_column(epochs, birth);
    return column >= 0 ? epochs->shared->live[column][epochs->shared->row_of_cell[cell]] : 0;
}

Test(epochs, nothing_is_counted_before_the_first) {
    struct epochs epochs = new_epochs();
    cr_assert_not(epochs_on(&epochs));
    cr_assert_eq(epochs_begin(&epochs), 1);
    cr_assert(epochs_on(&epochs));
    epochs_release(&epochs, CELL, 0, 100);
    cr_assert_eq(live(&epochs, CELL, 1), 0, "what was born before is not told apart");
    free(epochs.shared);
}

Test(epochs, bytes_live_in_the_epoch_of_their_birth) {
    struct epochs epochs = new_epochs();
    uint32_t first = epochs_begin(&epochs);
    epochs_charge(&epochs, CELL, 100);
    epochs_charge(&epochs, OTHER, 5);
    uint32_t second = epochs_begin(&epochs);
    epochs_charge(&epochs, CELL, 30);
    epochs_release(&epochs, CELL, first, 60);
    cr_assert_eq(live(&epochs, CELL, first), 40);
    cr_assert_eq(live(&epochs, CELL, second), 30);
    cr_assert_eq(live(&epochs, OTHER, first), 5);
    cr_assert_eq(live(&epochs, OTHER, second), 0);
    free(epochs.shared);
}

/* Every epoch has a byte more than the one before. */
static void fill(struct epochs *epochs) {
    while (!epochs_full(epochs)) {
        uint32_t serial = epochs_begin(epochs);
        epochs_charge(epochs, CELL, serial);
    }
}

Test(epochs, those_not_needed_are_merged_into_the_one_before) {
    struct epochs epochs = new_epochs();
    fill(&epochs);
    const uint32_t needed[] = {3, 10, 12};
    epochs_merge(&epochs, needed, 3);
    cr_assert_eq(epochs.shared->count, 3);
    uint64_t of_3_to_9 = 3 + 4 + 5 + 6 + 7 + 8 + 9;
    cr_assert_eq(live(&epochs, CELL, 3), of_3_to_9);
    cr_assert_eq(live(&epochs, CELL, 9), of_3_to_9, "one answer for all of them");
    cr_assert_eq(live(&epochs, CELL, 10), 10 + 11);
    epochs_release(&epochs, CELL, 5, 5);
    cr_assert_eq(live(&epochs, CELL, 3), of_3_to_9 - 5, "a block of a merged epoch goes");
    epochs_release(&epochs, CELL, 2, 2);
    epochs_release(&epochs, CELL, 11, 11);
    cr_assert_eq(live(&epochs, CELL, 10), 10);
    uint32_t next = epochs_begin(&epochs);
    cr_assert_eq(next, WINDOWS_EPOCHS + 1);
    cr_assert_eq(live(&epochs, CELL, next), 0, "a column that is used again is empty");
    free(epochs.shared);
}

Test(epochs, of_too_many_needed_ones_the_later_stay) {
    struct epochs epochs = new_epochs();
    uint32_t needed[WINDOWS_EPOCHS];
    fill(&epochs);
    for (uint32_t i = 0; i < WINDOWS_EPOCHS; i++)
        needed[i] = i + 1;
    epochs_merge(&epochs, needed, WINDOWS_EPOCHS);
    cr_assert_leq(epochs.shared->count, WINDOWS_EPOCHS / 2);
    cr_assert_eq(live(&epochs, CELL, WINDOWS_EPOCHS), WINDOWS_EPOCHS);
    cr_assert_eq(epochs_column(&epochs, 1), -1);
    free(epochs.shared);
}

Test(epochs, cells_without_room_share_row_0) {
    struct epochs epochs = new_epochs();
    uint32_t birth = epochs_begin(&epochs);
    epochs.shared->row_count = WINDOWS_ROWS;
    epochs_charge(&epochs, CELL, 3);
    epochs_charge(&epochs, OTHER, 4);
    int column = epochs_column(&epochs, birth);
    cr_assert_eq(epochs.shared->live[column][0], 7);
    epochs_release(&epochs, CELL, birth, 3);
    cr_assert_eq(epochs.shared->live[column][0], 4);
    free(epochs.shared);
}

/* ---- room ---- */

static size_t bytes_in_memory(void *mapped, size_t size) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE), pages = (size + page - 1) / page, there = 0;
    unsigned char *in_memory = malloc(pages);
    cr_assert_eq(mincore(mapped, size, in_memory), 0);
    for (size_t i = 0; i < pages; i++)
        there += in_memory[i] & 1;
    free(in_memory);
    return there * page;
}

Test(epochs, a_line_takes_room_for_the_epochs_it_has_lived_in) {
    enum { CELLS = 50000, EPOCHS = 3, EDGES = 1 << 16 };
    size_t size = sizeof(struct windows_epochs);
    void *mapped =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    cr_assert_neq(mapped, MAP_FAILED);
    struct epochs epochs = {.shared = mapped};
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        epochs_begin(&epochs);
        for (uint32_t cell = 0; cell < CELLS; cell++)
            epochs_charge(&epochs, cell, 8);
    }
    size_t of_a_cell = EPOCHS * sizeof(uint64_t) + 2 * sizeof(uint32_t);
    cr_assert_leq(bytes_in_memory(mapped, size), CELLS * of_a_cell + EDGES);
    munmap(mapped, size);
}
