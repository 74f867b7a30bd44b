/* SPDX-License-Identifier: MIT */
#include "report.h"

#include "text.h"

#include <errno.h>
#include <string.h>

char *report_source(const struct figures *figures, const struct lines_row *row) {
    const char *path = lines_path(figures, row);
    return path != NULL ? text_escape(path, strlen(path)) : lines_name(figures, row);
}

int report_flush(FILE *file) {
    errno = 0;
    if (fflush(file) == 0 && !ferror(file))
        return 0;
    return errno != 0 ? -errno : -EIO;
}
