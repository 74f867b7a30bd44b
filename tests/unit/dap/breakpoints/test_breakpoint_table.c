/* SPDX-License-Identifier: MIT */
#include "breakpoint_table.h"

#include <criterion/criterion.h>

static struct breakpoint_table table;

static void finish(void) {
    breakpoint_table_finish(&table);
}

TestSuite(breakpoint_table, .fini = finish);

static const struct breakpoint_set *replace(const char *source, const char *asked) {
    cJSON *source_json = cJSON_Parse(source);
    cJSON *asked_json = cJSON_Parse(asked);
    const struct breakpoint_set *entry =
        breakpoint_table_replace(&table, "setBreakpoints", source_json, asked_json);
    cJSON_Delete(source_json);
    cJSON_Delete(asked_json);
    return entry;
}

Test(breakpoint_table, ids_are_given_in_order) {
    const struct breakpoint_set *a = replace("{\"path\":\"/a\"}", "[{\"line\":5},{\"line\":3}]");
    cr_assert_eq(a->count, 2);
    cr_assert_eq(a->list[0].id, 1);
    cr_assert_eq(a->list[1].id, 2);
    const struct breakpoint_set *b = replace("{\"path\":\"/b\"}", "[{\"line\":5}]");
    cr_assert_eq(b->list[0].id, 3);
    cr_assert(breakpoint_table_has(&table, 2));
    cr_assert(breakpoint_table_has(&table, 3));
    cr_assert_not(breakpoint_table_has(&table, 4), "nobody has it yet");
}

Test(breakpoint_table, the_same_line_keeps_its_id) {
    replace("{\"path\":\"/a\"}", "[{\"line\":5},{\"line\":3}]");
    const struct breakpoint_set *a = replace(
        "{\"path\":\"/a\"}", "[{\"line\":3},{\"line\":4},{\"line\":5,\"condition\":\"x\"}]");
    cr_assert_eq(a->list[0].id, 2);
    cr_assert_eq(a->list[1].id, 3);
    cr_assert_eq(a->list[2].id, 1);
}

Test(breakpoint_table, two_on_one_line_stay_two) {
    const char *asked = "[{\"line\":5},{\"line\":5},{\"line\":5,\"column\":9}]";
    replace("{\"path\":\"/a\"}", asked);
    const struct breakpoint_set *a = replace("{\"path\":\"/a\"}", asked);
    for (int i = 0; i < 3; i++)
        cr_assert_eq(a->list[i].id, i + 1);
}

Test(breakpoint_table, what_is_not_asked_for_again_is_gone_for_good) {
    replace("{\"path\":\"/a\"}", "[{\"line\":5}]");
    cr_assert_eq(replace("{\"path\":\"/a\"}", "[]")->count, 0);
    cr_assert_not(breakpoint_table_has(&table, 1));
    cr_assert_eq(replace("{\"path\":\"/a\"}", "[{\"line\":5}]")->list[0].id, 2);
    breakpoint_table_replace(&table, "setBreakpoints", table.first->source, NULL);
    cr_assert_not(breakpoint_table_has(&table, 2));
}

Test(breakpoint_table, sources_are_told_apart_by_path_or_else_by_reference) {
    replace("{\"path\":\"/a\",\"name\":\"a\"}", "[{\"line\":5}]");
    cr_assert_eq(replace("{\"path\":\"/a\",\"sourceReference\":4}", "[{\"line\":5}]")->list[0].id,
                 1);
    cr_assert_eq(replace("{\"sourceReference\":4}", "[{\"line\":5}]")->list[0].id, 2);
    cr_assert_eq(replace("{\"sourceReference\":5}", "[{\"line\":5}]")->list[0].id, 3);
    cr_assert_eq(replace("{\"sourceReference\":4}", "[{\"line\":5}]")->list[0].id, 2);
}
