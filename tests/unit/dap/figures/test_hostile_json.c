/* SPDX-License-Identifier: MIT */
/* Whatever a program has written over its figures, clients are answered in JSON. */
#include "handmade_figures.h"
#include "hostile_figures.h"
#include "lines_json.h"
#include "measured_json.h"
#include "snapshot.h"

#include <criterion/criterion.h>
#include <stdlib.h>

enum { ROUNDS = 40 };

static const struct positions positions = {0, 0};

/* JSON that can be read again. */
static void check(cJSON *json) {
    char *text = cJSON_PrintUnformatted(json);
    cJSON *again = cJSON_Parse(text);
    cr_assert_not_null(again);
    cJSON_Delete(again);
    cJSON_Delete(json);
    free(text);
}

static bool add_place(cJSON *object, const struct lines_row *place, const void *data) {
    cJSON_AddItemToObject(object, "source", lines_json_source(data, place));
    return cJSON_AddNumberToObject(object, "line", place->line) != NULL;
}

static void show_measured(const struct figures *figures) {
    const struct measured_settings settings = {1, false};
    const struct measured_places places = {add_place, figures};
    for (size_t i = 0; i < measured_count(figures); i++) {
        struct measured measured;
        cr_assert_eq(measured_read(&measured, figures, i, &settings), 0);
        check(measured_json(&measured, SIZE_MAX, &places));
        measured_finish(&measured);
    }
}

static void show_lines(const struct figures *figures) {
    const uint32_t epochs[] = {1, 2, 50};
    struct lines lines;
    struct snapshot snapshot;
    cr_assert_eq(lines_read(&lines, figures), 0);
    cr_assert_eq(snapshot_take(&snapshot, &lines), 0);
    cr_assert_eq(snapshot_add_ages(&snapshot, figures, epochs, 3), 0);
    check(lines_json(&lines, figures, 0, SIZE_MAX, &positions));
    snapshot_subtract(&snapshot, &snapshot.ages, &lines);
    check(lines_json(&lines, figures, 0, SIZE_MAX, &positions));
    snapshot_finish(&snapshot);
    lines_finish(&lines);
}

Test(hostile_json, any_figures_are_json) {
    struct figures *figures = handmade_create();
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        hostile_fill(figures, seed);
        show_lines(figures);
        show_measured(figures);
    }
    handmade_destroy(figures);
}
