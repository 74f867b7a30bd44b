/* SPDX-License-Identifier: MIT */
#include "report.h"

#include "text.h"

#include <string.h>

char *report_source(const struct figures *figures, const struct lines_row *row) {
    const char *path = lines_path(figures, row);
    return path != NULL ? text_escape(path, strlen(path)) : lines_name(figures, row);
}
