/* SPDX-License-Identifier: MIT */
/*
 * Prints what the manual says of columns (columns.h), as a header for its tables, which hold text
 * that is there when they are compiled. Run when this is built.
 */
#include "columns.h"

#include <stdio.h>

static void define_words(const char *name, enum columns_use use) {
    printf("#define %s", name);
    for (const enum column_id *id = columns_for(use); *id != COLUMN_NONE; id++)
        printf("%s \"%s\"", id == columns_for(use) ? "" : ",", columns_table[*id].word);
    putchar('\n');
}

static void define_list(const char *name, enum columns_use use) {
    char words[COLUMNS_WORDS_BYTES];
    printf("#define %s \"%s\"\n", name, columns_words(use, " or ", words));
}

/* The first is what is taken if none is named; source order is told apart. */
static void define_orders(const char *name) {
    const enum column_id *id = columns_for(COLUMNS_TO_SORT);
    printf("#define %s \"%s (default)", name, columns_table[*id++].word);
    for (; *id != COLUMN_LINE; id++)
        printf("%s%s", id[1] == COLUMN_LINE ? " or " : ", ", columns_table[*id].word);
    puts("\"");
}

static void define_item(const char *term, const char *text, bool first) {
    printf("%s {\"%s\", \"%s\"}", first ? "" : ",", term, text);
}

static void define_totals(const char *name) {
    const enum column_id *ids = columns_for(COLUMNS_TO_LIMIT_TOTAL);
    printf("#define %s", name);
    for (const enum column_id *id = ids; *id != COLUMN_NONE; id++)
        define_item(columns_table[*id].word, columns_table[*id].total, id == ids);
    putchar('\n');
}

static bool is_in_table(enum column_id column) {
    const enum column_id *id = columns_for(COLUMNS_IN_TABLE);
    while (*id != COLUMN_NONE && *id != column)
        id++;
    return *id == column;
}

/* Those that always stand in the table, then those that do if it is sorted by them. */
static void define_meanings(const char *name) {
    const enum column_id *ids = columns_for(COLUMNS_IN_TABLE);
    printf("#define %s", name);
    for (const enum column_id *id = ids; *id != COLUMN_NONE; id++)
        define_item(columns_table[*id].title, columns_table[*id].meaning, id == ids);
    for (const enum column_id *id = columns_for(COLUMNS_TO_SORT); *id != COLUMN_LINE; id++)
        if (!is_in_table(*id))
            define_item(columns_table[*id].title, columns_table[*id].meaning, false);
    putchar('\n');
}

int main(void) {
    puts("/* Made of figures/columns/columns.c. */");
    define_words("COLUMNS_SORT_WORDS", COLUMNS_TO_SORT);
    define_orders("COLUMNS_ORDERS");
    define_list("COLUMNS_LIMITED", COLUMNS_TO_LIMIT);
    define_words("COLUMNS_TOTAL_WORDS", COLUMNS_TO_LIMIT_TOTAL);
    define_totals("COLUMNS_TOTALS");
    define_meanings("COLUMNS_MEANINGS");
    return 0;
}
