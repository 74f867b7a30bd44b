/* SPDX-License-Identifier: MIT */
/*
 * The program's files with the heat of each line beside it.
 */
#include "html.h"
#include "report.h"
#include "source_text.h"
#include "table.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Of a file of more lines only those that allocated are shown, of a longer line its beginning. */
enum { WHOLE_LINES = 20000, LINE_BYTES = 500 };

struct listing {
    FILE *file;
    const struct export *export;
    struct lines lines; /* by source and line */
    int64_t hottest;
    struct source_text sources;
};

static void write_figure(FILE *file, int64_t number) {
    fputs("<td>", file);
    if (number != 0)
        html_number(file, number);
    fputs("</td>", file);
}

/* The beginning of a line, without cutting a character. */
static int write_code(FILE *file, const char *text, size_t size) {
    bool cut = size > LINE_BYTES;
    if (cut)
        for (size = LINE_BYTES; size > 0 && (text[size] & 0xc0) == 0x80;)
            size--;
    int error = html_text(file, text, size);
    if (cut)
        fputs("…", file);
    return error;
}

/* 0 where the line did all itself. */
static int64_t with_callees(const struct lines_row *row) {
    int64_t with = columns_table[COLUMN_WITH_CALLEES].value(row);
    return with != (int64_t)row->allocated ? with : 0;
}

static int write_line(struct listing *listing, const char *path, const struct lines_row *row) {
    FILE *file = listing->file;
    double share = row->growth > 0 ? (double)row->growth / (double)listing->hottest : 0;
    size_t size = 0;
    const char *text = source_text_indented(&listing->sources, path, row->line, &size);
    fprintf(file, "<tr id=\"s%" PRIu32 "-%" PRIu32 "\"", row->source, row->line);
    fprintf(file, share > 0 ? " class=\"hot\" style=\"--heat:%.4f\">" : ">", share);
    for (const enum column_id *id = columns_for(COLUMNS_BESIDE_SOURCE); *id != COLUMN_NONE; id++)
        write_figure(file, columns_table[*id].value(row));
    if (listing->lines.stacks != 0)
        write_figure(file, with_callees(row));
    fprintf(file, "<td>%" PRIu32 "</td><td><code>", row->line);
    int error = write_code(file, text != NULL ? text : "", size);
    fputs("</code></td></tr>\n", file);
    return error;
}

/* The file's lines without figures, from `line` to before `end`. */
static int write_cold(struct listing *listing, const char *path, struct lines_row place,
                      uint32_t end) {
    uint32_t lines = source_text_lines(&listing->sources, path);
    int error = 0;
    if (lines > WHOLE_LINES)
        return 0;
    for (; place.line < end && place.line <= lines && error == 0; place.line++)
        error = write_line(listing, path, &place);
    return error;
}

static uint32_t after(uint32_t line) {
    return line < UINT32_MAX ? line + 1 : line;
}

/* The rows of one file, from `first` to before `end`. */
static int write_rows(struct listing *listing, const char *path, size_t first, size_t end) {
    struct lines_row place = {.source = listing->lines.rows[first].source, .line = 1};
    int error = 0;
    for (size_t i = first; i < end && error == 0; i++) {
        error = write_cold(listing, path, place, listing->lines.rows[i].line);
        if (error == 0 && listing->lines.rows[i].line > 0)
            error = write_line(listing, path, &listing->lines.rows[i]);
        place.line = after(listing->lines.rows[i].line);
    }
    return error != 0 ? error : write_cold(listing, path, place, UINT32_MAX);
}

static int write_file(struct listing *listing, size_t first, size_t end) {
    FILE *file = listing->file;
    const char *path = lines_path(listing->export->figures, &listing->lines.rows[first]);
    if (path == NULL)
        return 0;
    fputs("<details open><summary>", file);
    int error = html_text(file, path, strlen(path));
    fputs("</summary><table class=\"source\"><thead><tr>", file);
    html_titles(file, COLUMNS_BESIDE_SOURCE);
    if (listing->lines.stacks != 0)
        fputs("<th>with callees</th>", file);
    fputs("<th>line</th><th></th></tr></thead><tbody>\n", file);
    if (error == 0)
        error = write_rows(listing, path, first, end);
    fputs("</tbody></table></details>\n", file);
    return error;
}

static int write_files(struct listing *listing) {
    int error = 0;
    size_t first = 0;
    for (size_t i = 1; i <= listing->lines.count && error == 0; i++) {
        const struct lines_row *rows = listing->lines.rows;
        if (i < listing->lines.count && rows[i].source == rows[first].source)
            continue;
        error = write_file(listing, first, i);
        first = i;
    }
    return error;
}

static int64_t find_hottest(const struct lines *lines) {
    int64_t hottest = TABLE_HEAT_FLOOR;
    for (size_t i = 0; i < lines->count; i++)
        if (lines->rows[i].site >= FIGURES_PSEUDO_SITES && lines->rows[i].growth > hottest)
            hottest = lines->rows[i].growth;
    return hottest;
}

int html_sources(FILE *file, const struct export *export) {
    struct listing listing = {.file = file, .export = export};
    int error = lines_read(&listing.lines, export->figures);
    if (error == 0) {
        lines_sort(&listing.lines, export->figures, COLUMN_LINE);
        listing.hottest = find_hottest(&listing.lines);
        error = write_files(&listing);
    }
    source_text_finish(&listing.sources);
    lines_finish(&listing.lines);
    return error;
}
