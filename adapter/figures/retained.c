/* SPDX-License-Identifier: MIT */
#include "retained.h"

static uint32_t epoch_count(const struct windows_epochs *epochs) {
    return epochs->count < WINDOWS_EPOCHS ? epochs->count : WINDOWS_EPOCHS;
}

static bool begins_there(const struct windows_epochs *epochs, uint32_t serial) {
    for (uint32_t i = 0; i < epoch_count(epochs); i++)
        if (epochs->first[i] == serial)
            return true;
    return false;
}

bool retained_is_known(const struct figures *figures, uint32_t first, uint32_t end) {
    const struct windows_epochs *epochs = &figures->windows.epochs;
    return begins_there(epochs, first) && (end == 0 || begins_there(epochs, end));
}

static uint64_t in_row(const struct windows_epochs *epochs, uint32_t row, uint32_t first,
                       uint32_t end) {
    uint64_t sum = 0;
    for (uint32_t i = 0; i < epoch_count(epochs); i++)
        if (epochs->first[i] >= first && (end == 0 || epochs->first[i] < end))
            sum += epochs->live[row][epochs->column[i] % WINDOWS_EPOCHS];
    return sum;
}

/* Row 0 is of the cells that found no room. */
int64_t retained_by_site(const struct figures *figures, uint32_t site, uint32_t first,
                         uint32_t end) {
    const struct windows_epochs *epochs = &figures->windows.epochs;
    uint64_t sum = site == FIGURES_OVERFLOW ? in_row(epochs, 0, first, end) : 0;
    for (int kind = 0; kind < FIGURES_KINDS; kind++) {
        uint32_t row = epochs->row_of_cell[figures_cell_number(site, (enum figures_kind)kind)];
        if (row > 0 && row < WINDOWS_ROWS)
            sum += in_row(epochs, row, first, end);
    }
    return (int64_t)sum;
}

int64_t retained_by_all(const struct figures *figures, uint32_t first, uint32_t end) {
    const struct windows_epochs *epochs = &figures->windows.epochs;
    uint32_t rows = epochs->row_count < WINDOWS_ROWS ? epochs->row_count : WINDOWS_ROWS;
    uint64_t sum = 0;
    for (uint32_t row = 0; row < rows; row++)
        sum += in_row(epochs, row, first, end);
    return (int64_t)sum;
}
