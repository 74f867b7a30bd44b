/* SPDX-License-Identifier: MIT */
#include "measured_variables.h"

#include "alloc.h"
#include "finding.h"
#include "measured.h"
#include "memory_variable.h"
#include "program.h"
#include "quantity.h"

#include <stdlib.h>

static void read(const struct program *program, size_t index, struct measured *measured) {
    const struct measured_settings settings = {program->settings->warmup};
    if (measured_read(measured, program->heat.copy.figures, index, &settings) != 0)
        alloc_checked(NULL);
}

bool measured_variables_any(const struct program *program) {
    return measured_count(program->heat.copy.figures) > 0;
}

cJSON *measured_variables_list(const struct program *program, int64_t first) {
    const struct figures *figures = program->heat.copy.figures;
    cJSON *list = alloc_checked(cJSON_CreateArray());
    for (size_t i = 0; i < measured_count(figures); i++) {
        struct measured measured;
        read(program, i, &measured);
        char *found = alloc_checked(finding_sentence(figures, &measured, program->settings->cwd));
        memory_variable_add(list, measured.name, found, first + (int64_t)i);
        free(found);
        measured_finish(&measured);
    }
    return list;
}

static void add_spread(cJSON *list, const char *name, const struct spread *spread) {
    char *value =
        alloc_printed("%s in the median, %s to %s", quantity_change(spread->median).text,
                      quantity_change(spread->min).text, quantity_change(spread->max).text);
    memory_variable_add(list, name, value, 0);
    free(value);
}

static void add_suspect(const struct program *program, cJSON *list, const char *holder,
                        const struct measured_line *line) {
    const struct suspicion *suspicion = &line->suspicion;
    char *name = memory_variable_place(program, &line->place);
    char *value = alloc_printed(
        "suspected leak, %s: %s kept, %s a window%s%s", suspicion_word(suspicion->level),
        quantity_change(suspicion->kept).text, quantity_change(suspicion->per_window).text,
        holder != NULL ? ", held by " : "", holder != NULL ? holder : "");
    memory_variable_add(list, name, value, 0);
    free(name);
    free(value);
}

static void add_cause(const struct program *program, cJSON *list, const struct measured *measured,
                      const struct cause *cause) {
    for (size_t i = 0; i < cause->count; i++)
        add_suspect(program, list, cause->holder, &measured->lines[cause->first + i]);
}

cJSON *measured_variables_of(const struct program *program, size_t index) {
    struct measured measured;
    if (index >= measured_count(program->heat.copy.figures))
        return NULL;
    read(program, index, &measured);
    cJSON *list = alloc_checked(cJSON_CreateArray());
    memory_variable_add(list, "windows", quantity_count(measured.windows).text, 0);
    add_spread(list, "growth of a window", &measured.figures.growth);
    add_spread(list, "retained of a window", &measured.figures.retained);
    for (size_t i = 0; i < measured.causes.count; i++)
        add_cause(program, list, &measured, &measured.causes.list[i]);
    measured_finish(&measured);
    return list;
}
