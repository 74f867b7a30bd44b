/* SPDX-License-Identifier: MIT */
#include "html.h"

#include "largest.h"

#include <inttypes.h>
#include <string.h>

static void write_numbers(FILE *file, const uint64_t *numbers, size_t count) {
    fputs("<tr>", file);
    for (size_t i = 0; i < count; i++)
        html_number_cell(file, (int64_t)numbers[i]);
}

static int write_text(FILE *file, const char *text) {
    return html_text(file, text, strlen(text));
}

static int write_place(FILE *file, const struct largest_place *place) {
    int error = place->source != NULL ? write_text(file, place->source) : 0;
    if (place->source != NULL)
        fprintf(file, ":%" PRIu32, place->line);
    return error;
}

/* The cells behind the numbers: what stands in it, if that is told, how it is reached, who made it.
 */
static int write_rest(FILE *file, const char *value, const struct largest_place *place) {
    fputs("<td>", file);
    int error = value != NULL ? write_text(file, value) : 0;
    fputs(value != NULL ? "</td><td>" : "", file);
    error = error != 0 ? error : write_text(file, place->path);
    fputs("</td><td>", file);
    error = error != 0 ? error : write_place(file, place);
    fputs("</td></tr>\n", file);
    return error;
}

static int write_tables(FILE *file, const struct largest_tables *tables) {
    int error = 0;
    fputs("<table id=\"largest-tables\"><thead><tr><th>bytes</th><th>retained</th><th>entries</th>"
          "<th></th><th></th></tr></thead><tbody>\n",
          file);
    for (size_t i = 0; i < tables->count && error == 0; i++) {
        const struct largest_table *one = &tables->rows[i];
        const uint64_t numbers[] = {one->bytes, one->retained, one->entries};
        write_numbers(file, numbers, 3);
        error = write_rest(file, NULL, &one->place);
    }
    fputs("</tbody></table>\n", file);
    return error;
}

static int write_strings(FILE *file, const struct largest_strings *strings) {
    int error = 0;
    fputs("<p>One of each of the ", file);
    html_number(file, (int64_t)strings->all);
    fputs(" would save ", file);
    html_number(file, (int64_t)strings->saved);
    fputs(" bytes.</p>\n<table id=\"equal-strings\"><thead><tr><th>saved</th><th>bytes</th>"
          "<th>each</th><th>count</th><th></th><th></th><th></th></tr></thead><tbody>\n",
          file);
    for (size_t i = 0; i < strings->count && error == 0; i++) {
        const struct largest_string *one = &strings->rows[i];
        const uint64_t numbers[] = {one->saved, one->bytes, one->each, one->count};
        write_numbers(file, numbers, 4);
        error = write_rest(file, one->value, &one->place);
    }
    fputs("</tbody></table>\n", file);
    return error;
}

int html_largest(FILE *file, const struct largest *largest) {
    fprintf(file, "<h2>The largest tables, at the %s, by what they retain (bytes)</h2>\n",
            largest->at);
    if (largest->json == NULL) {
        fputs("<p>Nobody was asked; the script did not come there.</p>\n", file);
        return 0;
    }
    int error = write_tables(file, &largest->tables);
    fprintf(file, "<h2>Equal strings that there are many times, at the %s</h2>\n", largest->at);
    if (error == 0 && largest->strings.all > 0)
        return write_strings(file, &largest->strings);
    fputs("<p>There are none.</p>\n", file);
    return error;
}
