/* SPDX-License-Identifier: MIT */
#include "positions.h"

#include <criterion/criterion.h>
#include <stdlib.h>

typedef void converting(const struct positions *positions, cJSON *json);

static void check(converting *convert, struct positions positions, const char *before,
                  const char *after) {
    cJSON *json = cJSON_Parse(before);
    convert(&positions, json);
    char *text = cJSON_PrintUnformatted(json);
    cr_assert_str_eq(text, after);
    free(text);
    cJSON_Delete(json);
}

Test(positions, from_1_nothing_changes) {
    const char *json = "{\"line\":5,\"column\":0}";
    check(positions_from_client, (struct positions){0, 0}, json, json);
    check(positions_to_client, (struct positions){0, 0}, json, json);
}

Test(positions, fields_are_found_at_any_depth) {
    check(positions_to_client, (struct positions){1, 1},
          "{\"stackFrames\":[{\"id\":1,\"line\":5,\"column\":3,\"endLine\":6,\"endColumn\":1}]}",
          "{\"stackFrames\":[{\"id\":1,\"line\":4,\"column\":2,\"endLine\":5,\"endColumn\":0}]}");
    check(positions_from_client, (struct positions){1, 1},
          "{\"breakpoints\":[{\"line\":0},{\"line\":4,\"column\":2}]}",
          "{\"breakpoints\":[{\"line\":1},{\"line\":5,\"column\":3}]}");
}

Test(positions, lines_and_columns_are_separate) {
    check(positions_to_client, (struct positions){0, 1}, "{\"line\":5,\"column\":5}",
          "{\"line\":5,\"column\":4}");
}

Test(positions, no_line_stays_no_line) {
    check(positions_to_client, (struct positions){1, 1}, "{\"line\":0,\"column\":0}",
          "{\"line\":0,\"column\":0}");
    cr_assert_eq(positions_line_to_client(&(struct positions){1, 1}, 0), 0);
    cr_assert_eq(positions_line_to_client(&(struct positions){1, 1}, 1), 0);
}

Test(positions, other_fields_stay) {
    const char *json = "{\"line\":\"5\",\"lines\":7,\"id\":5,\"value\":[5]}";
    check(positions_to_client, (struct positions){1, 1}, json, json);
}
