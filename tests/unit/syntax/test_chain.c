/* SPDX-License-Identifier: MIT */
#include "chain.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static char told[1000];

static void tell(const struct chain_link *link) {
    char bytes[200];
    size_t size = link->kind == CHAIN_STRING ? chain_string(link, bytes) : link->size;
    static const char *const kinds[] = {
        [CHAIN_NAME] = "",   [CHAIN_STRING] = "s:", [CHAIN_NUMBER] = "n:",
        [CHAIN_TRUE] = "b:", [CHAIN_FALSE] = "b:",  [CHAIN_CODE] = "c:"};
    const char *text = link->kind == CHAIN_STRING ? bytes : link->text;
    cr_assert_leq(size, link->size);
    sprintf(told + strlen(told), "%s%s%s%.*s", *told != '\0' ? " " : "", kinds[link->kind],
            link->negative ? "-" : "", (int)size, text);
}

/* Its links, or "none". */
static const char *links(const char *text) {
    struct chain chain;
    struct chain_link link;
    told[0] = '\0';
    bool there = chain_first(&chain, text, strlen(text), &link);
    while (there) {
        tell(&link);
        there = chain_next(&chain, &link);
    }
    return *told != '\0' && chain_ends(&chain) ? told : "none";
}

#define check(text, expected) cr_assert_str_eq(links(text), expected, "%s", text)

Test(chain, names_and_keys) {
    check("a", "a");
    check(" a . b [ 'c' ] \n[1]", "a b s:c n:1");
    check("a[true][false]", "a b:true b:false");
    check("a[-1][- 0x1p4][1e2][.5]", "a n:-1 n:-0x1p4 n:1e2 n:.5");
    check("a--[[ . b ]].c -- .d", "a c");
    check("(a).b", "a b");
    check("(((a)[1]).b)", "a n:1 b");
    check("a[b.c][d[1]]", "a c:b.c c:d[1]");
    check("a[b[c[d]]].e", "a c:b[c[d]] e");
    check("a[-b]['x' .. 'y'][1 + 1][f(']')]", "a c:-b c:'x' .. 'y' c:1 + 1 c:f(']')");
}

Test(chain, strings) {
    check("a[\"[\"]['\\93']", "a s:[ s:]");
    check("a['\"\\'\\\"\\\\']", "a s:\"'\"\\");
    check("a['\\x41\\u{42}\\u{e9}\\067D']", "a s:AB\xc3\xa9"
                                            "CD");
    check("a['x\\z  \n  y\\\nz']", "a s:xy\nz");
    check("a['\\\r\n'][ [[\r\nx\n\ry]] ]", "a s:\n s:x\ny");
    check("a[ [==[ ]] ]=] ]==] ]", "a s: ]] ]=] ");
    check("a[''][ [[]] ]", "a s: s:");
    check("a['\\a\\b\\f\\n\\r\\t\\v']", "a s:\a\b\f\n\r\t\v");
    const struct chain_link nul = {CHAIN_STRING, "'\\0x\\u{7FFFFFFF}'", 17, false};
    char bytes[17];
    cr_assert_eq(chain_string(&nul, bytes), 8);
    cr_assert_eq(chain_string(&nul, NULL), 8);
    cr_assert(memcmp(bytes, "\0x\xfd\xbf\xbf\xbf\xbf\xbf", 8) == 0);
}

Test(chain, nothing_else) {
    static const char *const others[] = {
        "",           "1",          "'a'",
        "nil",        "a.",         "a[",
        "a[]",        "a['x'",      "a['x",
        "a b",        "a.1",        "a.end",
        "a:b",        "a()",        "a[1](2)",
        "a'x'",       "a[[x]]",     "a{}",
        "(a",         "a)",         "(a)(b)",
        "a.b)",       "a[1]]",      "#a",
        "-a",         "a + b",      "a = b",
        "a['\\400']", "a['\\q']",   "a['\\x']",
        "a['\\u']",   "a['\\u{}']", "a['\\u{80000000}']",
        "a['x\n']",   "a.b --[[",   "()",
        "(a.b",       "a,b",        "a;",
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        check(others[i], "none");
}

/* Whatever the text is, it comes to an end. */
Test(chain, any_text) {
    static const char text[] = "((a)['\\u{41}\\z \\x41\\'\\\n'].b[-1][ [=[x]] ]=] ][c[d]] -- x\n";
    char part[sizeof text];
    for (size_t start = 0; start < sizeof text; start++) {
        for (size_t end = start; end < sizeof text; end++) {
            memcpy(part, text + start, end - start);
            part[end - start] = '\0';
            links(part);
        }
    }
}
