/* SPDX-License-Identifier: MIT */
#include "html.h"

#include "finding.h"
#include "measured.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- the causes ---- */

static int write_holder(FILE *file, const struct cause *cause) {
    fputs("<tr class=\"cause\">", file);
    html_number_cell(file, cause->per_window);
    html_number_cell(file, cause->kept);
    fprintf(file, "<td></td><td>%s</td><td>held by ", suspicion_word(cause->level));
    int error = html_text(file, cause->holder, strlen(cause->holder));
    fputs("</td></tr>\n", file);
    return error;
}

static int write_suspect(FILE *file, const struct export *export,
                         const struct measured_line *line) {
    const struct suspicion *suspicion = &line->suspicion;
    fputs("<tr>", file);
    html_number_cell(file, suspicion->per_window);
    html_number_cell(file, suspicion->kept);
    html_number_cell(file, (int64_t)suspicion->since);
    fprintf(file, "<td>%s</td>", suspicion_word(suspicion->level));
    int error = html_place_cell(file, export, &line->place);
    fputs("</tr>\n", file);
    return error;
}

static int write_cause(FILE *file, const struct export *export, const struct measured *measured,
                       const struct cause *cause) {
    int error = cause->holder != NULL ? write_holder(file, cause) : 0;
    for (size_t i = 0; i < cause->count && error == 0; i++)
        error = write_suspect(file, export, &measured->lines[cause->first + i]);
    return error;
}

static int write_causes(FILE *file, const struct export *export, const struct measured *measured) {
    int error = 0;
    if (measured->causes.count == 0)
        return 0;
    fputs("<table class=\"causes\"><thead><tr><th>kept a window</th><th>in all</th>"
          "<th>since window</th><th></th><th></th></tr></thead><tbody>\n",
          file);
    for (size_t i = 0; i < measured->causes.count && error == 0; i++)
        error = write_cause(file, export, measured, &measured->causes.list[i]);
    fputs("</tbody></table>\n", file);
    return error;
}

/* ---- the windows ---- */

static void write_spread(FILE *file, const char *name, const struct spread *spread) {
    const int64_t numbers[] = {spread->last, spread->min, spread->median, spread->max,
                               spread->trend};
    fputs("<tr>", file);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        html_number_cell(file, numbers[i]);
    fprintf(file, "<td>%s</td></tr>\n", name);
}

static void write_windows(FILE *file, const struct measured_figures *figures) {
    fputs("<table class=\"windows\"><thead><tr><th>last</th><th>min</th><th>median</th><th>max</th>"
          "<th>trend</th><th></th></tr></thead><tbody>\n",
          file);
    write_spread(file, "growth", &figures->growth);
    write_spread(file, "allocated", &figures->allocated);
    write_spread(file, "freed", &figures->freed);
    write_spread(file, "retained", &figures->retained);
    fputs("</tbody></table>\n", file);
}

/* ---- each measurement ---- */

static int write_measured(FILE *file, const struct export *export,
                          const struct measured *measured) {
    fputs("<h2>Measurement ", file);
    int error = html_text(file, measured->name, strlen(measured->name));
    fputs(": ", file);
    html_number(file, (int64_t)measured->windows);
    fprintf(file, " window%s (bytes)</h2>\n", measured->windows == 1 ? "" : "s");
    if (error == 0 && measured->windows > 0) {
        error = write_causes(file, export, measured);
        write_windows(file, &measured->figures);
    }
    return error;
}

static int write_finding(FILE *file, const struct export *export, const struct measured *measured) {
    char *sentence = finding_sentence(export->figures, measured, NULL);
    if (sentence == NULL)
        return -ENOMEM;
    fputs("<p class=\"finding\">", file);
    int error = html_text(file, sentence, strlen(sentence));
    fputs("</p>\n", file);
    free(sentence);
    return error;
}

typedef int measured_function(FILE *file, const struct export *export,
                              const struct measured *measured);

static int write_each(FILE *file, const struct export *export, measured_function *write_one) {
    int error = 0;
    for (size_t i = 0; i < measured_count(export->figures) && error == 0; i++) {
        struct measured measured;
        error = measured_read(&measured, export->figures, i, &export->measuring);
        if (error == 0)
            error = write_one(file, export, &measured);
        measured_finish(&measured);
    }
    return error;
}

int html_findings(FILE *file, const struct export *export) {
    return write_each(file, export, write_finding);
}

int html_measured(FILE *file, const struct export *export) {
    return write_each(file, export, write_measured);
}
