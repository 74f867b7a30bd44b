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
static void check_text(char *text) {
    cJSON *again = cJSON_Parse(text);
    cr_assert_not_null(again);
    cJSON_Delete(again);
    free(text);
}

static void check(cJSON *json) {
    check_text(cJSON_PrintUnformatted(json));
    cJSON_Delete(json);
}

static void write_place(struct json *json, const struct lines_row *place, const void *data) {
    cJSON *source = lines_json_source(data, place);
    char *text = cJSON_PrintUnformatted(source);
    json_name(json, "source");
    json_raw(json, text);
    json_member_unsigned(json, "line", place->line);
    free(text);
    cJSON_Delete(source);
}

static void check_measured(const struct measured *measured, const struct figures *figures) {
    const struct measured_places places = {write_place, figures};
    char *text = NULL;
    size_t size;
    struct json json;
    json_begin(&json, open_memstream(&text, &size));
    measured_json(&json, measured, SIZE_MAX, &places);
    cr_assert_eq(json_finish(&json), 0);
    fclose(json.file);
    check_text(text);
}

static void show_measured(const struct figures *figures) {
    const struct measured_settings settings = {1};
    for (size_t i = 0; i < measured_count(figures); i++) {
        struct measured measured;
        cr_assert_eq(measured_read(&measured, figures, i, &settings), 0);
        check_measured(&measured, figures);
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
    check(lines_json_together(&lines, figures, &positions));
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
