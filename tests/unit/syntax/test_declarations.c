/* SPDX-License-Identifier: MIT */
#include "declarations.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static void find_in(const char *text, struct declarations_names *names) {
    struct declarations_function function = {.line = 1};
    declarations_of_locals(text, strlen(text), &function, names);
    declarations_of_upvalues(text, strlen(text), &function, names);
}

/* What is no Lua leads to an end, without a crash. */
Test(declarations, of_any_text) {
    static const char text[] =
        "local a <const>, b = function(x, ...) repeat local c <close> = {[1] = 'x', f{}} until c "
        "end for i = 1, #t do goto out ::out:: end if x then elseif y then else end while 1 do end "
        "return function() end, [==[ x ]] ]==] --[[ c ]] .. \"\\\"\" :: < > end end end ) ] } "
        "local";
    struct declarations_names names = {.names = {"a", "b"}, .count = 2};
    char part[sizeof text];
    for (size_t start = 0; start < sizeof text; start++) {
        for (size_t end = start; end < sizeof text; end++) {
            memcpy(part, text + start, end - start);
            part[end - start] = '\0';
            find_in(part, &names);
        }
    }
    char *deep = malloc(100001);
    for (int i = 0; i < 100000; i++)
        deep[i] = "do "[i % 3];
    deep[100000] = '\0';
    find_in(deep, &names);
    memset(deep, '(', 100000);
    find_in(deep, &names);
    free(deep);
}
