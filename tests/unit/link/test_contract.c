/* SPDX-License-Identifier: MIT */
#include "contract.h"

#include <criterion/criterion.h>
#include <string.h>

Test(contract, a_request_is_found_by_its_name_alone) {
    cr_assert_str_eq(contract_find_request("stepIn")->command, "stepIn");
    cr_assert_null(contract_find_request("step"));
    cr_assert_null(contract_find_request("stepInto"));
    cr_assert_null(contract_find_request(""));
    cr_assert_null(contract_find_request("stopped"), "an event is none");
}

Test(contract, an_event_is_found_by_its_name_alone) {
    cr_assert_str_eq(contract_find_event("stopped")->name, "stopped");
    cr_assert_null(contract_find_event("stop"));
    cr_assert_null(contract_find_event("threads"));
}

Test(contract, what_looks_at_a_stop_needs_one) {
    cr_assert_eq(contract_find_request("variables")->time, CONTRACT_STOPPED);
    cr_assert_eq(contract_find_request("setBreakpoints")->time, CONTRACT_ANY_TIME);
    cr_assert_eq(contract_find_request("luaheat/snapshot")->time, CONTRACT_STARTED);
}

Test(contract, no_name_stands_twice) {
    for (const struct contract_request *row = contract_requests; row->command != NULL; row++)
        cr_assert_eq(contract_find_request(row->command), row, "%s", row->command);
    for (const struct contract_event *row = contract_events; row->name != NULL; row++)
        cr_assert_eq(contract_find_event(row->name), row, "%s", row->name);
}

static bool holds_objects(const struct contract_member *member) {
    return member->type == CONTRACT_OBJECT || member->type == CONTRACT_OBJECTS;
}

static void look_at_members(const struct contract_member *members) {
    for (const struct contract_member *one = members; one->name != NULL; one++) {
        for (const struct contract_member *other = members; other != one; other++)
            cr_assert_str_neq(one->name, other->name);
        cr_assert(one->members == NULL || holds_objects(one), "%s is no object", one->name);
        if (one->members != NULL)
            look_at_members(one->members);
    }
}

Test(contract, only_objects_have_members_and_each_once) {
    for (const struct contract_request *row = contract_requests; row->command != NULL; row++) {
        look_at_members(row->arguments);
        if (row->answer != NULL)
            look_at_members(row->answer);
    }
    for (const struct contract_event *row = contract_events; row->name != NULL; row++)
        look_at_members(row->body);
}
