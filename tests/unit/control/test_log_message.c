/* SPDX-License-Identifier: MIT */
#include "log_message.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

/* The pieces, code in <>, separated by '|'. */
static const char *pieces_of(const char *text) {
    static char pieces[256];
    struct log_message message;
    const char *problem = log_message_parse(&message, text);
    cr_assert_null(problem, "%s", problem);
    pieces[0] = '\0';
    for (size_t i = 0; i < message.count; i++) {
        size_t size = strlen(pieces);
        snprintf(pieces + size, sizeof pieces - size, message.items[i].is_code ? "%s<%s>" : "%s%s",
                 i > 0 ? "|" : "", message.items[i].text);
    }
    log_message_finish(&message);
    return pieces;
}

Test(log_message, text_and_expressions) {
    cr_assert_str_eq(pieces_of("plain"), "plain");
    cr_assert_str_eq(pieces_of("x is {x}, {y}!"), "x is |<x>|, |<y>|!");
    cr_assert_str_eq(pieces_of("{a}{b}"), "<a>|<b>");
    cr_assert_str_eq(pieces_of(""), "");
}

Test(log_message, braces_nest) {
    cr_assert_str_eq(pieces_of("{{1, {2}}}"), "<{1, {2}}>");
    cr_assert_str_eq(pieces_of("{#{...}} values"), "<#{...}>| values");
}

Test(log_message, braces_in_strings_and_comments_do_not_count) {
    cr_assert_str_eq(pieces_of("{t[\"}\"]} {'{'}"), "<t[\"}\"]>| |<'{'>");
    cr_assert_str_eq(pieces_of("{'\\'}'}"), "<'\\'}'>");
    cr_assert_str_eq(pieces_of("{[[}]] .. [==[}]]}]==]}."), "<[[}]] .. [==[}]]}]==]>|.");
    cr_assert_str_eq(pieces_of("{x --[[ } ]] }"), "<x --[[ } ]] >");
    cr_assert_str_eq(pieces_of("{x -- }\n}"), "<x -- }\n>");
    cr_assert_str_eq(pieces_of("{t[i]} {t[ [[k]] ]}"), "<t[i]>| |<t[ [[k]] ]>");
}

Test(log_message, characters_for_themselves) {
    cr_assert_str_eq(pieces_of("\\{x\\} \\\\ \\n {}"), "{x} \\ \\n {}");
    cr_assert_str_eq(pieces_of("} alone"), "} alone");
    cr_assert_str_eq(pieces_of("\\"), "\\");
}

Test(log_message, a_brace_without_its_end) {
    static const char *const bad[] = {"{", "{x", "{x]", "a {b {c}", "{'}", "{[[}", "{x --}"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct log_message message;
        cr_assert_not_null(log_message_parse(&message, bad[i]), "%s", bad[i]);
        log_message_finish(&message);
    }
}
