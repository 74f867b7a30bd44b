/* SPDX-License-Identifier: MIT */
#include "report_row.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *source_of(const struct figures *figures, const struct lines_row *row,
                       const struct screen *screen) {
    const char *path = lines_path(figures, row);
    return path != NULL ? strdup(screen_path(screen, path)) : lines_name(figures, row);
}

char *report_row_place(const struct figures *figures, const struct lines_row *row,
                       const struct screen *screen) {
    char *source = source_of(figures, row, screen), *place = NULL;
    char line[16] = "";
    if (report_row_is_line(row))
        snprintf(line, sizeof line, row->line > 0 ? ":%" PRIu32 : ":?", row->line);
    if (source != NULL && asprintf(&place, "%s%s", source, line) < 0)
        place = NULL;
    char *safe = place != NULL ? screen_escape(place, strlen(place)) : NULL;
    free(place);
    free(source);
    return safe;
}

static const char *meaning(uint32_t pseudo) {
    static const char *const meanings[FIGURES_PSEUDO_SITES] = {
        [FIGURES_STARTUP] = "the interpreter, its libraries, the script's code",
        [FIGURES_C] = "while no Lua function ran",
        [FIGURES_STRING_TABLE] = "Lua's table of all short strings",
        [FIGURES_DEBUGGER] = "the debugger's own work",
        [FIGURES_OVERFLOW] = "lines for which there was no room",
        [FIGURES_BEFORE_ATTACH] = "what was there already",
    };
    return meanings[pseudo];
}

char *report_row_text(const struct figures *figures, const struct lines_row *row,
                      struct source_text *sources) {
    if (!report_row_is_line(row))
        return screen_escape(meaning(row->site), strlen(meaning(row->site)));
    const char *path = lines_path(figures, row);
    size_t size = 0;
    const char *text = path != NULL ? source_text_line(sources, path, row->line, &size) : NULL;
    return screen_escape(text != NULL ? text : "", size);
}
