/* SPDX-License-Identifier: MIT */
/*
 * table: for people, rows of numbers with a mark, a place and a text behind them, fitted to the
 * screen: numbers take what they need, places up to half of the rest, the text what is left then.
 *
 * Styles are parameters of SGR escape sequences ("1;31"); "" is none.
 */
#ifndef LUAHEAT_CLI_TABLE_H
#define LUAHEAT_CLI_TABLE_H

#include "screen.h"
#include "units.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { TABLE_NUMBERS = 12 };

#define TABLE_DIM "2"
#define TABLE_BOLD "1"

/* How hot a line is among others, in few steps. */
enum { TABLE_HEAT_LEVELS = 5, TABLE_HEAT_FLOOR = 64 << 10 };

struct table_number {
    char text[UNITS_ROOM];
    const char *style;
};

struct table_row {
    struct table_number numbers[TABLE_NUMBERS];
    const char *mark, *mark_style; /* one column */
    char *place, *text;            /* safe text (screen.h), the table's to free() */
    const char *style;             /* of place and text */
};

struct table {
    FILE *file;
    const struct screen *screen;
    const char *const *titles; /* of the numbers */
    int numbers;               /* how many there are, up to TABLE_NUMBERS */
    struct table_row *rows;
    size_t count;
    int widths[TABLE_NUMBERS];
    size_t place_columns, text_columns;
};

/* Makes `count` rows, all zero, for the caller to fill; the other members above widths are set
   already. 0 or -ENOMEM; to be finished either way. */
int table_init(struct table *table, size_t count);
void table_finish(struct table *table);

/* Once all rows are filled: how wide everything is, and cuts what is too long. */
void table_fit(struct table *table);

/* bold: the number whose title stands out; -1: none. */
void table_print_titles(const struct table *table, int bold);
void table_print_row(const struct table *table, const struct table_row *row);

/* The line below rows of which some are left out: how many, and what they come to together ("a
   growth of", "1,024"). */
void table_print_hidden(const struct table *table, size_t hidden, const char *what,
                        const char *amount);

/* Text in a style, with blanks in front to fill `width` columns. */
void table_print(const struct table *table, const char *style, const char *text, int width);

/* ---- heat: told by colour, and by a shape that tells the same without ---- */

/* 1..TABLE_HEAT_LEVELS; 0 for nothing. Logarithmic: each level holds figures up to four times those
   of the one below. The hottest ends at max, but not below TABLE_HEAT_FLOOR bytes: few bytes are
   not hot, though no line has more. */
int table_heat(int64_t value, int64_t max);

/* One column of UTF-8. */
const char *table_heat_shape(int level);

/* Parameters of an SGR escape sequence ("38;5;196"); "" for level 0. */
const char *table_heat_style(int level);

#endif
