/* SPDX-License-Identifier: MIT */
#include "contract_check.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static const struct contract_member inner[] = {{"path", CONTRACT_TEXT, true, NULL}, {NULL}};

static const struct contract_member members[] = {
    {"text", CONTRACT_TEXT, true, NULL},       {"flag", CONTRACT_FLAG, false, NULL},
    {"count", CONTRACT_COUNT, false, NULL},    {"number", CONTRACT_NUMBER, false, NULL},
    {"texts", CONTRACT_TEXTS, false, NULL},    {"counts", CONTRACT_COUNTS, false, NULL},
    {"object", CONTRACT_OBJECT, false, inner}, {"list", CONTRACT_OBJECTS, false, inner},
    {"dap", CONTRACT_OBJECT, false, NULL},     {NULL}};

static char problem[CONTRACT_PROBLEM_BYTES];

/* What is wrong with it; "" if nothing is. */
static const char *flaw(const char *text) {
    cJSON *object = cJSON_Parse(text);
    problem[0] = '\0';
    bool good = contract_check(members, object, problem);
    cr_assert_eq(good, problem[0] == '\0');
    cJSON_Delete(object);
    return problem;
}

Test(contract_check, what_it_must_have_is_enough_and_more_is_allowed) {
    cr_assert_str_eq(flaw("{\"text\":\"\"}"), "");
    cr_assert_str_eq(flaw("{\"text\":\"\",\"other\":[1,\"a\"]}"), "");
}

Test(contract_check, what_is_missing_or_null_is_told) {
    const char missing[] = "'text' is missing; it must be a string";
    cr_assert_str_eq(flaw("{}"), missing);
    cr_assert_str_eq(flaw("{\"text\":null}"), missing);
    cr_assert_str_eq(flaw("[\"text\"]"), missing);
    cr_assert_str_eq(flaw("no object at all"), missing, "NULL has nothing");
    cr_assert_str_eq(flaw("{\"text\":\"\",\"count\":null}"), "");
}

Test(contract_check, a_wrong_type_is_told) {
    cr_assert_str_eq(flaw("{\"text\":1}"), "'text' must be a string, not a number");
    cr_assert_str_eq(flaw("{\"text\":\"\",\"flag\":0}"),
                     "'flag' must be true or false, not a number");
    cr_assert_str_eq(flaw("{\"text\":\"\",\"count\":\"1\"}"),
                     "'count' must be a number, not a string");
    cr_assert_str_eq(flaw("{\"text\":\"\",\"object\":[]}"),
                     "'object' must be an object, not an array");
    cr_assert_str_eq(flaw("{\"text\":\"\",\"list\":{}}"), "'list' must be an array, not an object");
    cr_assert_str_eq(flaw("{\"text\":\"\",\"dap\":true}"),
                     "'dap' must be an object, not true or false");
}

Test(contract_check, a_count_is_a_whole_number_that_an_int_can_hold) {
    const char range[] = "'count' must be a whole number from 0 to 2147483647";
    cr_assert_str_eq(flaw("{\"text\":\"\",\"count\":0}"), "");
    cr_assert_str_eq(flaw("{\"text\":\"\",\"count\":2147483647}"), "");
    cr_assert_str_eq(flaw("{\"text\":\"\",\"count\":2147483648}"), range);
    cr_assert_str_eq(flaw("{\"text\":\"\",\"count\":-1}"), range);
    cr_assert_str_eq(flaw("{\"text\":\"\",\"count\":1.5}"), range);
    cr_assert_str_eq(flaw("{\"text\":\"\",\"count\":1e999}"), range);
    cr_assert_str_eq(flaw("{\"text\":\"\",\"number\":-1.5}"), "");
}

Test(contract_check, items_have_the_type_of_their_list) {
    cr_assert_str_eq(flaw("{\"text\":\"\",\"texts\":[],\"counts\":[]}"), "");
    cr_assert_str_eq(flaw("{\"text\":\"\",\"texts\":[\"a\",\"b\"],\"counts\":[0,7]}"), "");
    cr_assert_str_eq(flaw("{\"text\":\"\",\"texts\":[\"a\",1]}"),
                     "'texts' must hold strings, not a number");
    cr_assert_str_eq(flaw("{\"text\":\"\",\"counts\":[1,null]}"),
                     "'counts' must hold numbers, not null");
    cr_assert_str_eq(flaw("{\"text\":\"\",\"list\":[7]}"),
                     "'list' must hold objects, not a number");
}

Test(contract_check, inside_of_an_object_the_place_is_told) {
    cr_assert_str_eq(flaw("{\"text\":\"\",\"object\":{\"path\":1}}"),
                     "In 'object': 'path' must be a string, not a number");
    cr_assert_str_eq(flaw("{\"text\":\"\",\"list\":[{\"path\":\"\"},{}]}"),
                     "In 'list[1]': 'path' is missing; it must be a string");
    cr_assert_str_eq(flaw("{\"text\":\"\",\"dap\":{\"path\":1}}"), "", "it is DAP's");
}

static void keeps(const char *text, const char *kept) {
    cJSON *object = cJSON_Parse(text);
    contract_keep(members, object);
    char *left = cJSON_PrintUnformatted(object);
    cr_assert_str_eq(left, kept);
    cr_assert(contract_covers(members, object));
    cJSON_free(left);
    cJSON_Delete(object);
}

Test(contract_check, what_does_not_stand_there_is_taken_out) {
    keeps("{}", "{}");
    keeps("{\"a\":1,\"text\":\"x\",\"b\":{},\"flag\":true,\"c\":[]}",
          "{\"text\":\"x\",\"flag\":true}");
    keeps("{\"object\":{\"a\":1,\"path\":\"\"}}", "{\"object\":{\"path\":\"\"}}");
    keeps("{\"list\":[{\"a\":1},{\"path\":\"\",\"b\":2}]}", "{\"list\":[{},{\"path\":\"\"}]}");
    keeps("{\"dap\":{\"a\":{\"b\":[1]}}}", "{\"dap\":{\"a\":{\"b\":[1]}}}");
    contract_keep(members, NULL);
}

static bool covers(const char *text) {
    cJSON *object = cJSON_Parse(text);
    bool covered = contract_covers(members, object);
    cJSON_Delete(object);
    return covered;
}

Test(contract_check, covered_is_what_stands_there_whatever_is_missing) {
    cr_assert(contract_covers(members, NULL));
    cr_assert(covers("{}"));
    cr_assert(covers("{\"count\":1,\"list\":[{}],\"dap\":{\"a\":1}}"));
    cr_assert_not(covers("{\"other\":1}"));
    cr_assert_not(covers("{\"list\":[{\"other\":1}]}"));
    cr_assert_not(covers("{\"object\":{\"other\":1}}"));
    cr_assert_not(covers("{\"count\":\"1\"}"));
    cr_assert_not(covers("{\"texts\":[1]}"));
    cr_assert_not(covers("{\"object\":{\"path\":1}}"));
}
