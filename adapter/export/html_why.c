/* SPDX-License-Identifier: MIT */
#include "html.h"

#include "why.h"

#include <inttypes.h>
#include <string.h>

static int write_shape(FILE *file, const struct why_shape *shape) {
    fputs("<tr>", file);
    html_number_cell(file, (int64_t)shape->bytes);
    html_number_cell(file, (int64_t)shape->retained);
    html_number_cell(file, (int64_t)shape->count);
    fputs("<td>", file);
    int error = html_text(file, shape->text, strlen(shape->text));
    fputs("</td></tr>\n", file);
    return error;
}

static int write_shapes(FILE *file, const struct why *why) {
    int error = 0;
    fputs("<table id=\"why\"><thead><tr><th>bytes</th><th>retained</th><th>objects</th><th></th>"
          "</tr></thead><tbody>\n",
          file);
    for (size_t i = 0; i < why_rows(why) && error == 0; i++)
        error = write_shape(file, &why->shapes[i]);
    fputs("</tbody></table>\n", file);
    if (why->all > why_rows(why))
        fprintf(file, "<p>... %" PRIu64 " more</p>\n", why->all - why_rows(why));
    return error;
}

int html_why(FILE *file, const struct why *why) {
    fputs("<h2>Who holds what ", file);
    int error = html_text(file, why->place, strlen(why->place));
    fprintf(file, " has allocated, at the %s</h2>\n<p>", why->at);
    if (why->json == NULL) {
        fputs("Nobody was asked; the script did not come there.</p>\n", file);
        return error;
    }
    html_number(file, (int64_t)why->reached);
    fputs(" of its ", file);
    html_number(file, (int64_t)why->live);
    fputs(" bytes are held.</p>\n", file);
    return error != 0 ? error : write_shapes(file, why);
}
