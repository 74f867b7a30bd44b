/* SPDX-License-Identifier: MIT */
#include "columns_text.h"
#include "entries.h"

static const char *const limited[] = {"line", "heap", "live", COLUMNS_TOTAL_WORDS, NULL};

static const struct manual_option options[] = {
    {.key = 's',
     .name = "sort",
     .argument = "KEY",
     .value = {MANUAL_WORD, .words = entries_orders},
     .text = "the figure whose change is shown, the largest first: " COLUMNS_ORDERS
             "; or line: growth, in the order of the source"},
    ENTRIES_TOP,
    ENTRIES_FORMAT,
    {.key = 'l',
     .name = "limit",
     .argument = "WHAT=MOST",
     .value = {MANUAL_WORD_TEXT, .words = limited},
     .repeats = true,
     .text = "the exit code is 3 if WHAT rose by more than MOST; may be repeated"},
    ENTRIES_HELP,
    ENTRIES_END,
    {0}};

static const struct manual_item what_is_shown[] = {
    {.text = "A table shows the lines that changed; json and csv have all."}, {0}};

static const struct manual_item limits[] = {
    {"line", "the growth of any single line; a new one rose from 0"},
    {"heap", "the whole heap at its peak"},
    {"live", "the whole heap at the end"},
    COLUMNS_TOTALS,
    {.text = ENTRIES_SIZES},
    {0}};

static const struct manual_section sections[] = {
    {.items = what_is_shown}, {"What --limit limits the rise of:", limits}, {0}};

static const struct manual_item exit_codes[] = {
    {"0", "compared, whatever changed"},
    {"2", "wrong use, a report that cannot be read, a comparison that cannot be written"},
    {"3", "a limit is broken"},
    {0}};

static const struct manual_item examples[] = {
    {.term = "luaheat diff before.json after.json"},
    {.term = "luaheat diff --limit line=1KB --limit heap=64KB before.json after.json"},
    {0}};

const struct manual_command manual_diff = {
    .name = "diff",
    .operands = "BEFORE.json AFTER.json",
    .operand = {MANUAL_FILE, .ending = ".json"},
    .operand_count = 2,
    .summary = "compare two runs line by line",
    .description =
        "Compares two reports of luaheat run --format json line by line, on standard output. A "
        "line is followed by its text when it moved; a line whose text was changed is gone and "
        "new. Files are those of the same path or, if the runs were made in different folders, of "
        "the longest common path ending.",
    .options = options,
    .sections = sections,
    .exit_codes = exit_codes,
    .examples = examples};
