/* SPDX-License-Identifier: MIT */
/*
 * columns: the figures of a line, as one table: what each is called, where, and how a row has it.
 * Whatever shows, sorts, limits or compares figures takes them from here: a new figure is a row of
 * the table, and its name in the lists of those that show it. What each means exactly is the
 * glossary of docs/figures.md.
 *
 * Knows rows only as far as it takes numbers out of them, and who includes this need not know them
 * at all; rows know the columns they are sorted by, which is the circle with lines.h.
 */
#ifndef LUAHEAT_ADAPTER_COLUMNS_H
#define LUAHEAT_ADAPTER_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct lines_row;

enum column_id {
    COLUMN_NONE, /* ends a list */
    COLUMN_LINE, /* to sort by: in source order, ascending; all others descend */
    COLUMN_ALLOCATIONS,
    COLUMN_ALLOCATED,
    COLUMN_FREED,
    COLUMN_LIVE,
    COLUMN_GROWTH,
    COLUMN_AT_PEAK,
    COLUMN_RETAINED,
    COLUMN_NEW,
    COLUMN_SURVIVED,
    COLUMN_GONE,
    COLUMN_OBJECTS,
    COLUMN_WITH_CALLEES, /* allocated, together with what was below the line; then its error */
    COLUMN_WITH_CALLEES_ERROR,
    COLUMN_LIVE_WITH_CALLEES,
    COLUMN_LIVE_WITH_CALLEES_ERROR,
    COLUMN_GROWTH_WITH_CALLEES,
    COLUMN_GROWTH_WITH_CALLEES_ERROR,
    COLUMN_KINDS, /* the figures again by kind of object: no number */
    COLUMNS
};

enum column_unit {
    COLUMN_BYTES,
    COLUMN_CHANGE, /* bytes, more or fewer */
    COLUMN_COUNT
};

struct column {
    const char *name;    /* in JSON and CSV: "at_peak" */
    const char *key;     /* in DAP: "atPeak" */
    const char *word;    /* to sort by and to limit: "peak"; NULL: neither */
    const char *label;   /* in the scope "Memory": "at peak" */
    const char *title;   /* over numbers: "at peak"; NULL: it stands in no table */
    const char *order;   /* a table sorted by it is "by size at peak" */
    const char *change;  /* of two runs: "Change of each line's size at peak" */
    const char *amount;  /* behind a number: "bytes live at the heap's peak" */
    const char *meaning; /* a sentence for --help */
    const char *total;   /* what it is of all lines together, likewise; NULL: nothing */
    enum column_unit unit;
    bool later; /* reports that were written before it was added do not have it */
    int64_t (*value)(const struct lines_row *row); /* NULL: it is no number */
};

extern const struct column columns_table[COLUMNS]; /* by id */

/* Who takes which columns. */
enum columns_use {
    COLUMNS_NONE,
    COLUMNS_IN_TABLE,      /* for people: of run, and of the HTML page */
    COLUMNS_BESIDE_SOURCE, /* of the HTML page */
    COLUMNS_IN_CSV,
    COLUMNS_IN_JSON,
    COLUMNS_OF_KIND,                /* in JSON and DAP, of one kind of object */
    COLUMNS_IN_LINES,               /* luaheat/lines and luaheat/heat */
    COLUMNS_BETWEEN,                /* the same of what happened between two moments */
    COLUMNS_TURNOVER,               /* and behind them, if it is known what became of the bytes */
    COLUMNS_WITH_CALLEES,           /* and behind those, if stacks are looked at */
    COLUMNS_WITH_CALLEES_IN_REPORT, /* the same of the JSON report and of CSV */
    COLUMNS_WITH_CALLEES_IN_TABLE,  /* of the HTML page, likewise; and of a table sorted by it */
    COLUMNS_WITH_CALLEES_IN_SCOPE,  /* likewise; each has its error behind it */
    COLUMNS_IN_SCOPE,               /* of a line in the scope "Memory" */
    COLUMNS_TO_SORT,
    COLUMNS_TO_LIMIT,       /* of a line; the first is meant if none is named */
    COLUMNS_TO_LIMIT_TOTAL, /* of all lines together */
    COLUMNS_TO_COMPARE,     /* of two runs, if their reports have them */
    COLUMNS_COMPARED,       /* for people: what stands beside the figure whose change is shown */
    COLUMNS_USES
};

/* They, in their order, then COLUMN_NONE. */
const enum column_id *columns_for(enum columns_use use);

/* The one of the word, which need not end there, or COLUMN_NONE. */
enum column_id columns_find(enum columns_use use, const char *word, size_t size);

/* Their words as a list, "growth, live or peak": `last` is what stands before the last. */
enum { COLUMNS_WORDS_BYTES = 200 };
const char *columns_words(enum columns_use use, const char *last, char text[COLUMNS_WORDS_BYTES]);

#endif
