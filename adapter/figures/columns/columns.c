/* SPDX-License-Identifier: MIT */
#include "columns.h"

#include "callees.h"
#include "lines.h"

#include <stdio.h>
#include <string.h>

/* ---- how a row has them ---- */

static int64_t line(const struct lines_row *row) {
    return row->line;
}

static int64_t allocations(const struct lines_row *row) {
    return (int64_t)row->allocations;
}

static int64_t allocated(const struct lines_row *row) {
    return (int64_t)row->allocated;
}

static int64_t freed(const struct lines_row *row) {
    return (int64_t)row->freed;
}

static int64_t live(const struct lines_row *row) {
    return (int64_t)row->live;
}

static int64_t growth(const struct lines_row *row) {
    return row->growth;
}

static int64_t at_peak(const struct lines_row *row) {
    return (int64_t)row->at_peak;
}

static int64_t retained(const struct lines_row *row) {
    return (int64_t)row->retained;
}

static int64_t born(const struct lines_row *row) {
    return (int64_t)row->turnover.born;
}

static int64_t survived(const struct lines_row *row) {
    return (int64_t)row->turnover.survived;
}

static int64_t gone(const struct lines_row *row) {
    return (int64_t)row->turnover.gone;
}

/* Blocks that are no buffers: an object never grows. */
static int64_t objects(const struct lines_row *row) {
    uint64_t sum = 0;
    for (int kind = 0; kind < FIGURES_KINDS; kind++)
        if (kind != FIGURES_BUFFER)
            sum += row->kinds[kind].allocations - row->kinds[kind].frees;
    return (int64_t)sum;
}

/* What the line did itself is known to the byte: the error is that of what was below it. */

static int64_t with_callees(const struct lines_row *row) {
    return lines_sum(allocated(row), row->below.allocated.bytes);
}

static int64_t with_callees_error(const struct lines_row *row) {
    return (int64_t)callees_error(&row->below.allocated, row->stacks);
}

static int64_t live_with_callees(const struct lines_row *row) {
    return lines_sum(live(row), row->below.live.bytes);
}

static int64_t live_with_callees_error(const struct lines_row *row) {
    return (int64_t)callees_error(&row->below.live, row->stacks);
}

static int64_t growth_with_callees(const struct lines_row *row) {
    return lines_sum(growth(row), row->below.growth.bytes);
}

static int64_t growth_with_callees_error(const struct lines_row *row) {
    return (int64_t)callees_error(&row->below.growth, row->stacks);
}

/* ---- the table ---- */

const struct column columns_table[COLUMNS] = {
    [COLUMN_LINE] = {.name = "line",
                     .key = "line",
                     .word = "line",
                     .order = "in source order",
                     .unit = COLUMN_COUNT,
                     .value = line},
    [COLUMN_ALLOCATIONS] = {.name = "allocations",
                            .key = "allocations",
                            .word = "allocations",
                            .label = "allocations",
                            .title = "allocs",
                            .order = "by allocations",
                            .change = "allocations",
                            .amount = "allocations",
                            .meaning = "how often it allocated: new blocks, and blocks that grew",
                            .total = "how often they did",
                            .unit = COLUMN_COUNT,
                            .value = allocations},
    [COLUMN_ALLOCATED] = {.name = "allocated",
                          .key = "allocated",
                          .word = "allocated",
                          .label = "allocated",
                          .title = "allocated",
                          .order = "by allocated",
                          .change = "allocated",
                          .amount = "bytes allocated",
                          .meaning = "what it allocated in all",
                          .total = "what all lines together allocated",
                          .value = allocated},
    [COLUMN_FREED] = {.name = "freed",
                      .key = "freed",
                      .word = "freed",
                      .label = "freed",
                      .title = "freed",
                      .order = "by freed",
                      .change = "freed",
                      .amount = "bytes freed",
                      .meaning = "what of that the collector freed, wherever it ran",
                      .value = freed},
    [COLUMN_LIVE] = {.name = "live",
                     .key = "live",
                     .word = "live",
                     .label = "live",
                     .title = "live",
                     .order = "by live",
                     .change = "live bytes",
                     .amount = "bytes live at the end",
                     .meaning =
                         "allocated - freed. What is dead but not yet collected counts as live",
                     .value = live},
    [COLUMN_GROWTH] = {.name = "growth",
                       .key = "growth",
                       .word = "growth",
                       .label = "growth",
                       .title = "growth",
                       .order = "by growth",
                       .change = "growth",
                       .amount = "bytes of growth",
                       .meaning =
                           "how much more of its memory is there at the end than at the start",
                       .unit = COLUMN_CHANGE,
                       .value = growth},
    [COLUMN_AT_PEAK] = {.name = "at_peak",
                        .key = "atPeak",
                        .word = "peak",
                        .label = "at peak",
                        .title = "at peak",
                        .order = "by size at peak",
                        .change = "size at peak",
                        .amount = "bytes live at the heap's peak",
                        .meaning = "what of it was live when the whole heap was largest",
                        .value = at_peak},
    [COLUMN_RETAINED] = {.name = "retained",
                         .key = "retained",
                         .label = "retained",
                         .value = retained},
    [COLUMN_NEW] = {.name = "new", .key = "new", .value = born},
    [COLUMN_SURVIVED] = {.name = "survived", .key = "survived", .value = survived},
    [COLUMN_GONE] = {.name = "gone", .key = "gone", .value = gone},
    [COLUMN_OBJECTS] =
        {.name = "objects",
         .key = "objects",
         .word = "objects",
         .label = "objects",
         .title = "objects",
         .order = "by objects",
         .change = "objects",
         .amount = "objects alive at the end",
         .meaning =
             "if sorted by: how many of its objects (tables, strings, functions, ...) are alive",
         .total = "how many objects of theirs are alive at the end",
         .unit = COLUMN_COUNT,
         .later = true,
         .value = objects},
    [COLUMN_WITH_CALLEES] =
        {.name = "allocated_with_callees",
         .key = "allocatedWithCallees",
         .word = "callees",
         .label = "allocated with callees",
         .title = "with callees",
         .order = "by allocated with callees",
         .meaning = "if sorted by: what was allocated by the line and in the calls that it made, "
                    "however deep: an estimate, unless --stacks all is chosen",
         .value = with_callees},
    [COLUMN_WITH_CALLEES_ERROR] = {.name = "allocated_with_callees_error",
                                   .key = "allocatedWithCalleesError",
                                   .title = "±",
                                   .value = with_callees_error},
    [COLUMN_LIVE_WITH_CALLEES] = {.name = "live_with_callees",
                                  .key = "liveWithCallees",
                                  .label = "live with callees",
                                  .value = live_with_callees},
    [COLUMN_LIVE_WITH_CALLEES_ERROR] = {.name = "live_with_callees_error",
                                        .key = "liveWithCalleesError",
                                        .value = live_with_callees_error},
    [COLUMN_GROWTH_WITH_CALLEES] = {.name = "growth_with_callees",
                                    .key = "growthWithCallees",
                                    .label = "growth with callees",
                                    .unit = COLUMN_CHANGE,
                                    .value = growth_with_callees},
    [COLUMN_GROWTH_WITH_CALLEES_ERROR] = {.name = "growth_with_callees_error",
                                          .key = "growthWithCalleesError",
                                          .value = growth_with_callees_error},
    [COLUMN_KINDS] = {.name = "kinds", .key = "kinds"},
};

/* ---- who takes which ---- */

static const enum column_id lists[COLUMNS_USES][COLUMNS] = {
    [COLUMNS_NONE] = {COLUMN_NONE},
    [COLUMNS_IN_TABLE] = {COLUMN_GROWTH, COLUMN_ALLOCATIONS, COLUMN_ALLOCATED, COLUMN_FREED,
                          COLUMN_LIVE, COLUMN_AT_PEAK},
    [COLUMNS_BESIDE_SOURCE] = {COLUMN_GROWTH, COLUMN_ALLOCATED},
    [COLUMNS_IN_CSV] = {COLUMN_LINE, COLUMN_ALLOCATIONS, COLUMN_ALLOCATED, COLUMN_FREED,
                        COLUMN_LIVE, COLUMN_AT_PEAK, COLUMN_OBJECTS},
    [COLUMNS_IN_JSON] = {COLUMN_ALLOCATIONS, COLUMN_ALLOCATED, COLUMN_FREED, COLUMN_LIVE,
                         COLUMN_GROWTH, COLUMN_AT_PEAK, COLUMN_OBJECTS},
    [COLUMNS_OF_KIND] = {COLUMN_ALLOCATIONS, COLUMN_ALLOCATED, COLUMN_FREED, COLUMN_LIVE},
    [COLUMNS_IN_LINES] = {COLUMN_LINE, COLUMN_ALLOCATIONS, COLUMN_ALLOCATED, COLUMN_FREED,
                          COLUMN_LIVE, COLUMN_GROWTH, COLUMN_AT_PEAK, COLUMN_KINDS, COLUMN_RETAINED,
                          COLUMN_OBJECTS},
    [COLUMNS_BETWEEN] = {COLUMN_LINE, COLUMN_ALLOCATIONS, COLUMN_ALLOCATED, COLUMN_FREED,
                         COLUMN_LIVE, COLUMN_GROWTH, COLUMN_KINDS, COLUMN_OBJECTS},
    [COLUMNS_TURNOVER] = {COLUMN_NEW, COLUMN_SURVIVED, COLUMN_GONE},
    [COLUMNS_WITH_CALLEES] = {COLUMN_WITH_CALLEES, COLUMN_WITH_CALLEES_ERROR,
                              COLUMN_LIVE_WITH_CALLEES, COLUMN_LIVE_WITH_CALLEES_ERROR,
                              COLUMN_GROWTH_WITH_CALLEES, COLUMN_GROWTH_WITH_CALLEES_ERROR},
    [COLUMNS_WITH_CALLEES_IN_REPORT] = {COLUMN_WITH_CALLEES, COLUMN_WITH_CALLEES_ERROR,
                                        COLUMN_LIVE_WITH_CALLEES, COLUMN_LIVE_WITH_CALLEES_ERROR},
    [COLUMNS_WITH_CALLEES_IN_TABLE] = {COLUMN_WITH_CALLEES, COLUMN_WITH_CALLEES_ERROR},
    [COLUMNS_WITH_CALLEES_IN_SCOPE] = {COLUMN_GROWTH_WITH_CALLEES, COLUMN_GROWTH_WITH_CALLEES_ERROR,
                                       COLUMN_WITH_CALLEES, COLUMN_WITH_CALLEES_ERROR,
                                       COLUMN_LIVE_WITH_CALLEES, COLUMN_LIVE_WITH_CALLEES_ERROR},
    [COLUMNS_IN_SCOPE] = {COLUMN_GROWTH, COLUMN_ALLOCATIONS, COLUMN_ALLOCATED, COLUMN_FREED,
                          COLUMN_LIVE, COLUMN_RETAINED, COLUMN_AT_PEAK, COLUMN_OBJECTS},
    [COLUMNS_TO_SORT] = {COLUMN_GROWTH, COLUMN_ALLOCATED, COLUMN_FREED, COLUMN_LIVE, COLUMN_AT_PEAK,
                         COLUMN_ALLOCATIONS, COLUMN_OBJECTS, COLUMN_WITH_CALLEES, COLUMN_LINE},
    [COLUMNS_TO_LIMIT] = {COLUMN_GROWTH, COLUMN_LIVE, COLUMN_AT_PEAK, COLUMN_ALLOCATED,
                          COLUMN_ALLOCATIONS, COLUMN_OBJECTS},
    [COLUMNS_TO_LIMIT_TOTAL] = {COLUMN_ALLOCATED, COLUMN_ALLOCATIONS, COLUMN_OBJECTS},
    [COLUMNS_TO_COMPARE] = {COLUMN_GROWTH, COLUMN_LIVE, COLUMN_ALLOCATED, COLUMN_FREED,
                            COLUMN_AT_PEAK, COLUMN_ALLOCATIONS, COLUMN_OBJECTS},
    [COLUMNS_COMPARED] = {COLUMN_GROWTH, COLUMN_ALLOCATED, COLUMN_ALLOCATIONS},
};

const enum column_id *columns_for(enum columns_use use) {
    return lists[use];
}

enum column_id columns_find(enum columns_use use, const char *word, size_t size) {
    const enum column_id *id = lists[use];
    while (*id != COLUMN_NONE && (strlen(columns_table[*id].word) != size ||
                                  memcmp(columns_table[*id].word, word, size) != 0))
        id++;
    return *id;
}

const char *columns_words(enum columns_use use, const char *last, char text[COLUMNS_WORDS_BYTES]) {
    size_t used = 0;
    text[0] = '\0';
    for (const enum column_id *id = lists[use]; *id != COLUMN_NONE && used < COLUMNS_WORDS_BYTES;
         id++) {
        const char *between = id == lists[use] ? "" : id[1] == COLUMN_NONE ? last : ", ";
        used += (size_t)snprintf(text + used, COLUMNS_WORDS_BYTES - used, "%s%s", between,
                                 columns_table[*id].word);
    }
    return text;
}
