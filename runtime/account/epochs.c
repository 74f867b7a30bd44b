/* SPDX-License-Identifier: MIT */
#include "epochs.h"

#include "figures.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* A column that no epoch has. */
static uint8_t free_column(const struct windows_epochs *shared) {
    bool taken[WINDOWS_EPOCHS] = {false};
    uint8_t column = 0;
    for (uint32_t i = 0; i < shared->count; i++)
        taken[shared->column[i]] = true;
    while (taken[column])
        column++;
    return column;
}

static void use_newest(struct epochs *epochs) {
    struct windows_epochs *shared = epochs->shared;
    epochs->newest = shared->live[shared->column[shared->count - 1]];
    epochs->newest_first = shared->first[shared->count - 1];
}

uint32_t epochs_begin(struct epochs *epochs) {
    struct windows_epochs *shared = epochs->shared;
    assert(!epochs_full(epochs));
    if (shared->row_count == 0)
        shared->row_count = 1;
    shared->column[shared->count] = free_column(shared);
    shared->first[shared->count] = ++shared->now;
    shared->count++;
    use_newest(epochs);
    return shared->now;
}

uint32_t epochs_row(struct epochs *epochs, uint32_t cell) {
    struct windows_epochs *shared = epochs->shared;
    if (shared->row_count == WINDOWS_ROWS)
        return 0;
    uint32_t row = shared->row_count++;
    shared->cell_of_row[row] = cell;
    shared->row_of_cell[cell] = row;
    return row;
}

int epochs_column(const struct epochs *epochs, uint32_t birth) {
    const struct windows_epochs *shared = epochs->shared;
    uint32_t low = 0, high = shared->count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (shared->first[middle] <= birth)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? shared->column[low - 1] : -1;
}

/* The bytes of a column go to another one, or (-1) are not told apart any more. */
static void move_bytes(struct windows_epochs *shared, uint8_t column, int to) {
    uint64_t *from = shared->live[column];
    if (to >= 0)
        for (uint32_t row = 0; row < shared->row_count; row++)
            shared->live[to][row] += from[row];
    memset(from, 0, shared->row_count * sizeof *from);
}

static bool is_among(const uint32_t *serials, size_t count, uint32_t serial) {
    for (size_t i = 0; i < count; i++)
        if (serials[i] == serial)
            return true;
    return false;
}

/* Of so many needed ones the later half is kept: room that lasts for a while. */
enum { MOST_NEEDED = WINDOWS_EPOCHS * 3 / 4, KEPT_OF_TOO_MANY = WINDOWS_EPOCHS / 2 };

void epochs_merge(struct epochs *epochs, const uint32_t *needed, size_t count) {
    struct windows_epochs *shared = epochs->shared;
    uint32_t kept = 0;
    if (count > MOST_NEEDED) {
        needed += count - KEPT_OF_TOO_MANY;
        count = KEPT_OF_TOO_MANY;
    }
    for (uint32_t i = 0; i < shared->count; i++) {
        if (is_among(needed, count, shared->first[i])) {
            shared->first[kept] = shared->first[i];
            shared->column[kept++] = shared->column[i];
        } else {
            move_bytes(shared, shared->column[i], kept > 0 ? shared->column[kept - 1] : -1);
        }
    }
    shared->count = kept;
    if (kept > 0)
        use_newest(epochs);
}

/* ---- what each site has done ---- */

static bool make_room(struct epochs *epochs, uint32_t site) {
    size_t room = (size_t)site * 2 + 256;
    struct epoch_total *totals = realloc(epochs->totals, room * sizeof *totals);
    if (totals == NULL)
        return false;
    memset(totals + epochs->room, 0, (room - epochs->room) * sizeof *totals);
    epochs->totals = totals;
    uint32_t *touched = realloc(epochs->touched, room * sizeof *touched);
    if (touched == NULL)
        return false;
    epochs->touched = touched;
    epochs->room = room;
    return true;
}

bool epochs_open(struct epochs *epochs) {
    return epochs->room > 0 || make_room(epochs, FIGURES_PSEUDO_SITES);
}

void epochs_finish(struct epochs *epochs) {
    free(epochs->totals);
    free(epochs->touched);
}

struct epoch_total *epochs_touch(struct epochs *epochs, uint32_t site) {
    if (site >= epochs->room && !make_room(epochs, site))
        site = FIGURES_OVERFLOW;
    struct epoch_total *total = &epochs->totals[site];
    if (!total->touched) {
        total->touched = true;
        epochs->touched[epochs->touched_count++] = site;
    }
    return total;
}

void epochs_clear_totals(struct epochs *epochs) {
    for (size_t i = 0; i < epochs->touched_count; i++)
        epochs->totals[epochs->touched[i]] = (struct epoch_total){0};
    epochs->touched_count = 0;
}
