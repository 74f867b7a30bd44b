/* SPDX-License-Identifier: MIT */
/*
 * What the parts of the page are made of.
 */
#include "html.h"

#include "escape.h"
#include "report.h"
#include "text.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

int html_text(FILE *file, const char *bytes, size_t size) {
    char *text = text_escape(bytes, size);
    if (text == NULL)
        return -ENOMEM;
    escape_html(file, text);
    free(text);
    return 0;
}

void html_number(FILE *file, int64_t number) {
    char digits[24];
    int count = snprintf(digits, sizeof digits, "%" PRId64, number);
    for (int i = 0; i < count; i++) {
        putc(digits[i], file);
        int left = count - i - 1;
        if (left > 0 && left % 3 == 0 && digits[i] != '-')
            putc(',', file);
    }
}

void html_number_cell(FILE *file, int64_t number) {
    fputs("<td>", file);
    html_number(file, number);
    fputs("</td>", file);
}

void html_titles(FILE *file, enum columns_use use) {
    for (const enum column_id *id = columns_for(use); *id != COLUMN_NONE; id++)
        fprintf(file, "<th>%s</th>", columns_table[*id].title);
}

void html_figures(FILE *file, enum columns_use use, const struct lines_row *row) {
    for (const enum column_id *id = columns_for(use); *id != COLUMN_NONE; id++)
        html_number_cell(file, columns_table[*id].value(row));
}

char *html_place(const struct export *export, const struct lines_row *row) {
    char *source = report_source(export->figures, row), *place = NULL;
    if (source == NULL || row->line == 0)
        return source;
    if (asprintf(&place, "%s:%" PRIu32, source, row->line) < 0)
        place = NULL;
    free(source);
    return place;
}
