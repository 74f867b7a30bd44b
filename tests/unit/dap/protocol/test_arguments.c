/* SPDX-License-Identifier: MIT */
#include "arguments.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static cJSON *json;

static struct arguments of(const char *text) {
    json = cJSON_Parse(text);
    cr_assert_not_null(json);
    return arguments_of(json);
}

static void done(struct arguments *arguments) {
    arguments_finish(arguments);
    cJSON_Delete(json);
}

/* `problem` NULL: there must be none. */
static void expect(struct arguments *arguments, const char *problem) {
    if (problem == NULL)
        cr_assert_null(arguments->problem, "%s", arguments->problem);
    else
        cr_assert_str_eq(arguments->problem, problem);
    done(arguments);
}

Test(arguments, good_values_are_returned) {
    struct arguments arguments = of("{\"s\":\"x\",\"f\":true,\"i\":5,\"o\":{},\"a\":[]}");
    cr_assert_str_eq(arguments_string(&arguments, "s", ""), "x");
    cr_assert(arguments_flag(&arguments, "f", false));
    cr_assert_eq(arguments_integer(&arguments, "i", 0, 0, 9), 5);
    cr_assert_eq(arguments_required_id(&arguments, "i"), 5);
    cr_assert_not_null(arguments_object(&arguments, "o"));
    cr_assert_not_null(arguments_array(&arguments, "a"));
    expect(&arguments, NULL);
}

Test(arguments, absent_and_null_give_the_fallback) {
    struct arguments arguments = of("{\"n\":null}");
    cr_assert_str_eq(arguments_string(&arguments, "n", "f"), "f");
    cr_assert_str_eq(arguments_string(&arguments, "none", "f"), "f");
    cr_assert(arguments_flag(&arguments, "n", true));
    cr_assert_eq(arguments_integer(&arguments, "n", 3, 0, 9), 3);
    cr_assert_null(arguments_object(&arguments, "n"));
    expect(&arguments, NULL);
    struct arguments none = arguments_of(NULL);
    cr_assert_str_eq(arguments_string(&none, "x", "f"), "f");
    cr_assert_null(none.problem);
}

Test(arguments, wrong_types_are_named) {
    struct arguments arguments = of("{\"x\":5}");
    arguments_string(&arguments, "x", "");
    expect(&arguments, "'x' must be a string, not a number");
    arguments = of("{\"x\":\"5\"}");
    cr_assert_eq(arguments_integer(&arguments, "x", 3, 0, 9), 3);
    expect(&arguments, "'x' must be a number, not a string");
    arguments = of("{\"x\":[]}");
    arguments_flag(&arguments, "x", true);
    expect(&arguments, "'x' must be true or false, not an array");
    arguments = of("{\"x\":true}");
    cr_assert_null(arguments_object(&arguments, "x"));
    expect(&arguments, "'x' must be an object, not true or false");
    arguments = of("{\"x\":{}}");
    cr_assert_null(arguments_array(&arguments, "x"));
    expect(&arguments, "'x' must be an array, not an object");
}

Test(arguments, numbers_out_of_range_are_refused) {
    static const char *const bad[] = {"{\"x\":10}", "{\"x\":-1}", "{\"x\":1.5}", "{\"x\":1e300}"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct arguments arguments = of(bad[i]);
        cr_assert_eq(arguments_integer(&arguments, "x", 3, 0, 9), 3);
        expect(&arguments, "'x' must be a whole number from 0 to 9");
    }
}

Test(arguments, required_ones_must_be_there) {
    struct arguments arguments = of("{}");
    cr_assert_str_eq(arguments_required_string(&arguments, "x"), "");
    expect(&arguments, "'x' is missing; it must be a string");
    arguments = of("{\"x\":null}");
    cr_assert_eq(arguments_required_id(&arguments, "x"), 0);
    expect(&arguments, "'x' is missing; it must be a number");
}

Test(arguments, the_first_problem_is_kept) {
    struct arguments arguments = of("{\"x\":5,\"y\":5}");
    arguments_string(&arguments, "x", "");
    arguments_string(&arguments, "y", "");
    expect(&arguments, "'x' must be a string, not a number");
}

Test(arguments, nulls_are_taken_out_at_any_depth) {
    cJSON *nested =
        cJSON_Parse("{\"a\":null,\"b\":[null,{\"c\":null,\"d\":1}],\"e\":{\"f\":{\"g\":null}},"
                    "\"env\":{\"HOME\":null},\"h\":null}");
    arguments_drop_nulls(nested);
    char *text = cJSON_PrintUnformatted(nested);
    cr_assert_str_eq(text, "{\"b\":[null,{\"d\":1}],\"e\":{\"f\":{}},\"env\":{\"HOME\":null}}");
    free(text);
    cJSON_Delete(nested);
    arguments_drop_nulls(NULL);
}
