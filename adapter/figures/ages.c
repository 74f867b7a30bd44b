/* SPDX-License-Identifier: MIT */
#include "ages.h"

#include "array.h"

#include <errno.h>
#include <stdlib.h>

/* ---- what lives of a range of epochs; the program may have scribbled over the figures ---- */

static uint32_t epoch_count(const struct windows_epochs *epochs) {
    return epochs->count < WINDOWS_EPOCHS ? epochs->count : WINDOWS_EPOCHS;
}

static bool begins_there(const struct windows_epochs *epochs, uint32_t serial) {
    for (uint32_t i = 0; i < epoch_count(epochs); i++)
        if (epochs->first[i] == serial)
            return true;
    return false;
}

bool ages_tell_apart(const struct figures *figures, uint32_t first, uint32_t end) {
    const struct windows_epochs *epochs = &figures->windows.epochs;
    return begins_there(epochs, first) && (end == 0 || begins_there(epochs, end));
}

static uint64_t in_row(const struct windows_epochs *epochs, uint32_t row, uint32_t first,
                       uint32_t end) {
    uint64_t sum = 0;
    uint32_t i = epoch_count(epochs); /* the last ones are asked for most */
    while (i-- > 0 && epochs->first[i] >= first)
        if (end == 0 || epochs->first[i] < end)
            sum += epochs->live[epochs->column[i] % WINDOWS_EPOCHS][row];
    return sum;
}

/* Row 0 is of the cells that found no room. */
int64_t ages_of_site(const struct figures *figures, uint32_t site, uint32_t first, uint32_t end) {
    const struct windows_epochs *epochs = &figures->windows.epochs;
    uint64_t sum = site == FIGURES_OVERFLOW ? in_row(epochs, 0, first, end) : 0;
    for (int kind = 0; kind < FIGURES_KINDS; kind++) {
        uint32_t row = epochs->row_of_cell[figures_cell_number(site, (enum figures_kind)kind)];
        if (row > 0 && row < WINDOWS_ROWS)
            sum += in_row(epochs, row, first, end);
    }
    return (int64_t)sum;
}

int64_t ages_of_all(const struct figures *figures, uint32_t first, uint32_t end) {
    const struct windows_epochs *epochs = &figures->windows.epochs;
    uint32_t rows = epochs->row_count < WINDOWS_ROWS ? epochs->row_count : WINDOWS_ROWS;
    uint64_t sum = 0;
    for (uint32_t row = 0; row < rows; row++)
        sum += in_row(epochs, row, first, end);
    return (int64_t)sum;
}

/* ---- a copy ---- */

static bool has_room_for_all(const struct windows_epochs *epochs) {
    return epochs->row_count < WINDOWS_ROWS;
}

static void keep_known(struct ages *ages, const struct figures *figures, const uint32_t *epochs,
                       size_t count) {
    for (size_t i = 0; i < count && ages->epoch_count < AGES_EPOCHS; i++)
        if (ages_tell_apart(figures, epochs[i], 0))
            ages->epochs[ages->epoch_count++] = epochs[i];
}

/* Since which of ages->epochs an epoch is, as an index; -1: it is before all of them. */
static int range_of(const struct ages *ages, uint32_t serial) {
    int range = (int)ages->epoch_count - 1;
    while (range >= 0 && ages->epochs[range] > serial)
        range--;
    return range;
}

/* The columns of the epochs that count, and to what they are added. */
struct columns {
    size_t count;
    uint8_t column[WINDOWS_EPOCHS];
    uint8_t range[WINDOWS_EPOCHS];
};

static void pick_columns(struct columns *columns, const struct ages *ages,
                         const struct windows_epochs *epochs) {
    columns->count = 0;
    for (uint32_t i = 0; i < epochs->count && i < WINDOWS_EPOCHS; i++) {
        int range = range_of(ages, epochs->first[i]);
        if (range < 0)
            continue;
        columns->column[columns->count] = epochs->column[i];
        columns->range[columns->count++] = (uint8_t)range;
    }
}

static bool add_age(struct ages *ages, struct age age) {
    struct age *added = array_add(ages);
    if (added != NULL)
        *added = age;
    return added != NULL;
}

static bool add_row(struct ages *ages, const struct columns *columns,
                    const struct windows_epochs *epochs, uint32_t row) {
    uint64_t bytes[AGES_EPOCHS] = {0};
    uint32_t cell = epochs->cell_of_row[row];
    for (size_t i = 0; i < columns->count; i++)
        bytes[columns->range[i]] += epochs->live[columns->column[i]][row];
    for (size_t i = 0; i < ages->epoch_count; i++)
        if (bytes[i] != 0 && !add_age(ages, (struct age){cell, ages->epochs[i], bytes[i]}))
            return false;
    return true;
}

static bool add_rows(struct ages *ages, const struct figures *figures) {
    const struct windows_epochs *epochs = &figures->windows.epochs;
    struct columns columns;
    uint32_t sites =
        figures->site_count < FIGURES_MAX_SITES ? figures->site_count : FIGURES_MAX_SITES;
    pick_columns(&columns, ages, epochs);
    for (uint32_t cell = 0; columns.count > 0 && cell < sites * FIGURES_KINDS; cell++) {
        uint32_t row = epochs->row_of_cell[cell];
        if (row > 0 && row < WINDOWS_ROWS && epochs->cell_of_row[row] == cell &&
            !add_row(ages, &columns, epochs, row))
            return false;
    }
    return true;
}

int ages_read(struct ages *ages, const struct figures *figures, const uint32_t *epochs,
              size_t count) {
    *ages = (struct ages){0};
    if (!has_room_for_all(&figures->windows.epochs))
        return 0;
    keep_known(ages, figures, epochs, count);
    if (add_rows(ages, figures))
        return 0;
    ages_finish(ages);
    return -ENOMEM;
}

void ages_finish(struct ages *ages) {
    free(ages->items);
    *ages = (struct ages){0};
}

/* ---- asking ---- */

bool ages_know(const struct ages *ages, uint32_t epoch) {
    for (size_t i = 0; i < ages->epoch_count; i++)
        if (ages->epochs[i] == epoch)
            return true;
    return false;
}

uint64_t ages_since(const struct ages *ages, size_t *at, uint32_t cell, uint32_t epoch) {
    uint64_t bytes = 0;
    while (*at < ages->count && ages->items[*at].cell < cell)
        ++*at;
    for (; *at < ages->count && ages->items[*at].cell == cell; ++*at)
        if (ages->items[*at].epoch >= epoch)
            bytes += ages->items[*at].bytes;
    return bytes;
}
