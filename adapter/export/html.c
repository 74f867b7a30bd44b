/* SPDX-License-Identifier: MIT */
/*
 * html: one page that needs nothing else, and forbids its browser to fetch or run anything: no
 * scripts, so that it may be opened wherever it comes from. Light or dark as the browser is.
 */
#include "formats.h"
#include "html_text.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { TABLE_ROWS = 50 };

static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
    "'unsafe-inline'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<meta name=\"generator\" content=\"luaheat\">\n"
    "<title>Memory of each line</title>\n<style>\n"
    ":root { color-scheme: light dark; --page: #fff; --text: #1d1d1f; --dim: #6a6a70;\n"
    "  --rule: #e3e3e6; --hot: #ff9d6b; --lightness: 72%; }\n"
    "@media (prefers-color-scheme: dark) { :root { --page: #1b1b1d; --text: #e4e4e6;\n"
    "  --dim: #9a9aa0; --rule: #37373b; --hot: #a8441f; --lightness: 60%; } }\n"
    "body { background: var(--page); color: var(--text); margin: 2rem auto; max-width: 75rem;\n"
    "  padding: 0 1rem; font: 14px/1.5 system-ui, sans-serif; }\n"
    "h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }\n"
    "p, th, summary { color: var(--dim); font-weight: normal; }\n"
    "table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }\n"
    "th, td { text-align: right; padding: 0 .6rem; white-space: nowrap; }\n"
    "th:last-child, td:last-child { text-align: left; width: 100%; }\n"
    "tbody tr { border-top: 1px solid var(--rule); }\n"
    ".source tbody tr { border: 0; } .source td:nth-child(3) { color: var(--dim); }\n"
    "code { font: 13px/1.45 ui-monospace, monospace; white-space: pre; tab-size: 4; }\n"
    ".hot td:first-child { background: linear-gradient(to left, var(--hot)\n"
    "  calc(8% + 92% * var(--heat)), transparent 0); }\n"
    "svg { width: 100%; height: 7.5rem; border-bottom: 1px solid var(--rule); fill: var(--hot); }\n"
    "tr:target { outline: 2px solid var(--hot); } a { color: inherit; }\n"
    "summary { cursor: pointer; margin-top: 1rem; overflow-wrap: anywhere; }\n"
    ".flame { font-size: 12px; } .flame div { min-width: 0; overflow: hidden; flex: none; }\n"
    ".flame div > div { display: flex; align-items: flex-start; }\n"
    ".flame div[title] { display: block; }\n"
    ".flame span { display: block; height: 1.35rem; line-height: 1.35rem; padding: 0 .3rem;\n"
    "  margin: 0 1px 1px 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap;\n"
    "  color: #1d1d1f; background: hsl(var(--hue) 85% var(--lightness)); }\n"
    "</style></head><body>\n<h1>Memory of each line</h1>\n";

static void write_heap(FILE *file, const struct lines *lines) {
    fputs("<p id=\"heap\">Heap: ", file);
    html_number(file, (int64_t)lines->live);
    fputs(" bytes; ", file);
    html_number(file, (int64_t)lines->peak);
    fputs(" at its peak.</p>\n", file);
}

static int write_place(FILE *file, const struct export *export, const struct lines_row *row) {
    bool listed = lines_path(export->figures, row) != NULL && row->line > 0;
    char *place = html_place(export, row);
    if (place == NULL)
        return -ENOMEM;
    fputs("<td>", file);
    if (listed)
        fprintf(file, "<a href=\"#s%" PRIu32 "-%" PRIu32 "\">", row->source, row->line);
    int error = html_text(file, place, strlen(place));
    fputs(listed ? "</a></td>" : "</td>", file);
    free(place);
    return error;
}

static int write_row(FILE *file, const struct export *export, const struct lines_row *row) {
    fputs("<tr>", file);
    for (const enum column_id *id = columns_for(COLUMNS_IN_TABLE); *id != COLUMN_NONE; id++) {
        fputs("<td>", file);
        html_number(file, columns_table[*id].value(row));
        fputs("</td>", file);
    }
    int error = write_place(file, export, row);
    fputs("</tr>\n", file);
    return error;
}

static int write_table(FILE *file, const struct export *export) {
    size_t count = export->lines.count < TABLE_ROWS ? export->lines.count : TABLE_ROWS;
    int error = 0;
    fputs("<h2>Lines by growth (bytes)</h2>\n<table id=\"lines\"><thead><tr>", file);
    html_titles(file, COLUMNS_IN_TABLE);
    fputs("<th></th></tr></thead><tbody>\n", file);
    for (size_t i = 0; i < count && error == 0; i++)
        error = write_row(file, export, &export->lines.rows[i]);
    fputs("</tbody></table>\n", file);
    return error;
}

static int write_flames(FILE *file, const struct sampled *sampled) {
    if (sampled->samples == 0)
        return 0;
    fputs("<h2>Call stacks</h2>\n<p>Estimates from ", file);
    html_number(file, (int64_t)sampled->samples);
    fputs(" samples, one in ", file);
    html_number(file, (int64_t)sampled->mean);
    fputs(" bytes on average. The outermost calls are on top.</p>\n<h3>Live</h3>\n", file);
    int error = html_flame(file, sampled, SAMPLED_LIVE);
    fputs("<h3>Allocated</h3>\n", file);
    return error != 0 ? error : html_flame(file, sampled, SAMPLED_ALLOCATED);
}

int html_write(FILE *file, const struct export *export) {
    fputs(head, file);
    write_heap(file, &export->lines);
    html_timeline(file, &export->figures->timeline);
    int error = write_table(file, export);
    if (error == 0)
        error = write_flames(file, &export->sampled);
    fputs("<h2>Source</h2>\n", file);
    if (error == 0)
        error = html_sources(file, export);
    fputs("</body></html>\n", file);
    return error;
}
