/* SPDX-License-Identifier: MIT */
#include "contract.h"
#include "serve.h"

#include <criterion/criterion.h>
#include <string.h>

static int count_handlers(const char *command) {
    int count = inspect_find(command) != NULL;
    for (const struct server_request *const *topic = serve_topics; *topic != NULL; topic++)
        for (const struct server_request *row = *topic; row->command != NULL; row++)
            count += strcmp(row->command, command) == 0;
    return count;
}

Test(serve, each_request_of_the_contract_is_answered_in_one_place) {
    for (const struct contract_request *row = contract_requests; row->command != NULL; row++)
        cr_assert_eq(count_handlers(row->command), 1, "%s", row->command);
}

Test(serve, what_is_answered_stands_in_the_contract) {
    for (const struct server_request *const *topic = serve_topics; *topic != NULL; topic++)
        for (const struct server_request *row = *topic; row->command != NULL; row++)
            cr_assert_not_null(contract_find_request(row->command), "%s", row->command);
}

Test(serve, what_looks_at_a_stop_needs_one) {
    for (const struct contract_request *row = contract_requests; row->command != NULL; row++)
        if (inspect_find(row->command) != NULL)
            cr_assert_eq(row->time, CONTRACT_STOPPED, "%s", row->command);
}
