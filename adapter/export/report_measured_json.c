/* SPDX-License-Identifier: MIT */
#include "report_measured.h"

#include "json_numbers.h"
#include "measured_json.h"
#include "report.h"

#include <errno.h>
#include <stdlib.h>

static bool add_place(cJSON *object, const struct lines_row *place, const void *figures) {
    char *source = report_source(figures, place);
    bool good = source != NULL && cJSON_AddStringToObject(object, "source", source) != NULL &&
                json_add_number(object, "line", place->line);
    free(source);
    return good;
}

static int write_measured(FILE *file, const struct figures *figures, size_t index,
                          const struct measured_settings *settings) {
    const struct measured_places places = {add_place, figures};
    struct measured measured;
    int error = measured_read(&measured, figures, index, settings);
    cJSON *object = error == 0 ? measured_json(&measured, SIZE_MAX, &places) : NULL;
    char *text = object != NULL ? cJSON_PrintUnformatted(object) : NULL;
    if (text != NULL)
        fputs(text, file);
    cJSON_free(text);
    cJSON_Delete(object);
    measured_finish(&measured);
    return text != NULL ? 0 : -ENOMEM;
}

int report_measured_json(FILE *file, const struct figures *figures,
                         const struct measured_settings *settings) {
    int error = 0;
    putc('[', file);
    for (size_t i = 0; i < measured_count(figures) && error == 0; i++) {
        fputs(i == 0 ? "\n" : ",\n", file);
        error = write_measured(file, figures, i, settings);
    }
    putc(']', file);
    return error;
}
