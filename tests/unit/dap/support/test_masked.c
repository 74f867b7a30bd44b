/* SPDX-License-Identifier: MIT */
#include "masked.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static void check(const char *said, const char *expected) {
    char *exact = malloc(strlen(said)); /* so that a sanitizer sees each byte too far */
    memcpy(exact, said, strlen(said));
    char *masked = masked_copy(exact, strlen(said));
    if (expected == NULL)
        cr_assert_null(masked, "%s", said);
    else
        cr_assert_str_eq(masked, expected);
    free(masked);
    free(exact);
}

Test(masked, the_token_alone) {
    check("{\"token\":\"abc\"}", "{\"token\":\"***\"}");
    check("{\"token\" : \"abc\",\"x\":1}", "{\"token\" : \"***\",\"x\":1}");
    check("{\"token\":\"\"}", "{\"token\":\"***\"}");
    check("{\"token\":\"a\\\"b\\\\\",\"y\":\"z\"}", "{\"token\":\"***\",\"y\":\"z\"}");
    check("[{\"token\":\"a\"},{\"token\":\"b\"}]", "[{\"token\":\"***\"},{\"token\":\"***\"}]");
}

Test(masked, what_is_no_text_of_it_stays) {
    check("{\"tokens\":\"abc\"}", NULL);
    check("{\"name\":\"token\",\"value\":\"abc\"}", NULL);
    check("{\"token\":5}", NULL);
    check("", NULL);
    check("\"token\"", NULL);
    check("\"token\":", NULL);
}

Test(masked, what_is_cut_off) {
    check("{\"token\":\"ab", "{\"token\":\"***");
    check("{\"token\":\"ab\\", "{\"token\":\"***");
    check("{\"token\":\"", "{\"token\":\"***");
}
