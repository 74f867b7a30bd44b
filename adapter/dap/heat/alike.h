/* SPDX-License-Identifier: MIT */
/*
 * alike: rows with the same figures, which the event luaheat/heat tells together. Where thousands
 * of lines grow at once, as those of a file of data do, most are alike.
 */
#ifndef LUAHEAT_DAP_ALIKE_H
#define LUAHEAT_DAP_ALIKE_H

#include "lines.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ALIKE_NONE SIZE_MAX

/* Of some rows: `next[i]` is the next one with the figures of row i, or ALIKE_NONE. `leads[i]`:
   none before it has them. */
struct alike {
    size_t *next;
    bool *leads;
};

/* End with alike_finish(). */
void alike_find(struct alike *alike, const struct lines_row *const *rows, size_t count);
void alike_finish(struct alike *alike);

#endif
