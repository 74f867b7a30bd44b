/* SPDX-License-Identifier: MIT */
#include "options.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

static const char *const words[] = {"one", "two", "three", NULL};

static const struct manual_option options[] = {
    {.key = 'n', .name = "number", .argument = "N", .value = {MANUAL_NUMBER}, .text = "a"},
    {.key = 'f',
     .letter = true,
     .name = "file",
     .argument = "FILE",
     .value = {MANUAL_FILE},
     .text = "b"},
    {.text = "a heading"},
    {.key = 'w', .name = "word", .argument = "W", .value = {MANUAL_WORD, words}, .text = "c"},
    {.key = 's', .name = "words", .argument = "W", .value = {MANUAL_WORDS, words}, .text = "d"},
    {.key = 'e',
     .name = "export",
     .argument = "WHAT=FILE",
     .value = {MANUAL_WORD_FILE, words},
     .text = "e"},
    {.key = 'l',
     .name = "limit",
     .argument = "WHAT=MOST",
     .value = {MANUAL_WORD_TEXT, words},
     .text = "f"},
    {.key = 't', .name = "text", .argument = "TEXT", .value = {MANUAL_TEXT}, .text = "g"},
    {.key = 'q', .name = "quiet", .text = "h"},
    {.name = "", .text = "ends the options"},
    {0}};

static char taken[256], complaint[COMPLAINT_BYTES];

static int take(void *into, int key, const char *value, char *complaint_of) {
    size_t used = strlen(taken);
    snprintf(taken + used, sizeof taken - used, "%c%s ", key == OPTIONS_WORD ? '-' : key,
             value != NULL ? value : "");
    return 0;
}

/* The words behind the command's name, one blank between them. */
static int parse(const struct manual_command *command, const char *line) {
    static char text[256], *argv[32];
    const struct options syntax = {command, take};
    int argc = 0;
    snprintf(text, sizeof text, "name %s", line);
    for (char *word = strtok(text, " "); word != NULL; word = strtok(NULL, " "))
        argv[argc++] = word;
    argv[argc] = NULL;
    taken[0] = complaint[0] = '\0';
    return options_parse(&syntax, NULL, argc, argv, complaint);
}

static const struct manual_command mixed = {.name = "name", .operand_count = 9, .options = options};
static const struct manual_command handing_on = {
    .name = "name", .operand_count = 1, .hands_on = true, .options = options};
static const struct manual_command alone = {.name = "name", .options = options};

Test(options, are_taken_by_their_keys_among_the_words) {
    cr_assert_eq(parse(&mixed, "--number 3 a -ffile b --file=c --quiet"), 8);
    cr_assert_str_eq(taken, "n3 -a ffile -b fc q ");
    cr_assert_eq(parse(&mixed, "a -- --number"), 3);
    cr_assert_str_eq(taken, "-a ");
}

Test(options, end_where_what_follows_is_not_ours) {
    cr_assert_eq(parse(&handing_on, "--quiet a --quiet"), 2);
    cr_assert_str_eq(taken, "q ");
}

Test(options, no_word_is_taken_where_none_is_documented) {
    cr_assert_eq(parse(&alone, "--quiet"), 2);
    cr_assert_eq(parse(&alone, "--quiet a"), -EINVAL);
    cr_assert_str_eq(complaint, "luaheat name takes options only, not 'a'");
    cr_assert_eq(parse(&alone, "-- a"), -EINVAL);
    cr_assert_str_eq(complaint, "luaheat name takes options only, not 'a'");
}

static void accepts(const char *line) {
    cr_assert_geq(parse(&mixed, line), 0, "%s: %s", line, complaint);
}

static void refuses(const char *line, const char *why) {
    cr_assert_eq(parse(&mixed, line), -EINVAL, "%s", line);
    cr_assert_str_eq(complaint, why, "%s: %s", line, complaint);
    cr_assert_str_empty(taken);
}

Test(options, values_are_of_their_kind) {
    accepts("--number=0 --file=x --word=two --words=three,one --export=one=x --limit=two=");
    accepts("--text= --words=one --export=one=two=three --limit=one=a=b");
    refuses("--number=x", "--number takes a whole number, not 'x'");
    refuses("--number=", "--number takes a whole number, not ''");
    refuses("--file=", "--file takes the name of a file, not ''");
    for (size_t i = 0; i < 3; i++) {
        static const char *const wrong[] = {"four", "", "on"};
        char line[32], why[64];
        snprintf(line, sizeof line, "--word=%s", wrong[i]);
        snprintf(why, sizeof why, "--word takes one, two or three, not '%s'", wrong[i]);
        refuses(line, why);
    }
}

Test(options, lists_and_pairs_have_no_other_words) {
    for (size_t i = 0; i < 4; i++) {
        static const char *const wrong[] = {"", "one,", ",one", "one,four"};
        char line[32], why[96];
        snprintf(line, sizeof line, "--words=%s", wrong[i]);
        snprintf(why, sizeof why,
                 "--words takes some of one, two and three, with commas between them, not '%s'",
                 wrong[i]);
        refuses(line, why);
    }
    for (size_t i = 0; i < 4; i++) {
        static const char *const wrong[] = {"one", "one=", "=x", "four=x"};
        char line[32], why[96];
        snprintf(line, sizeof line, "--export=%s", wrong[i]);
        snprintf(why, sizeof why, "--export takes WHAT=FILE, not '%s'; WHAT is one, two or three",
                 wrong[i]);
        refuses(line, why);
    }
}

Test(options, what_there_is_not_is_named) {
    refuses("--fast", "no option '--fast'; see luaheat name --help");
    refuses("-x", "no option '-x'; see luaheat name --help");
    refuses("--quiet=1", "option '--quiet=1' takes no value");
    refuses("--file", "no value for option '--file'; see luaheat name --help");
}

Test(options, a_value_is_known_by_its_place_among_the_words) {
    cr_assert_eq(options_word(words, "one"), 0);
    cr_assert_eq(options_word(words, "three"), 2);
    cr_assert_eq(options_number("42"), 42);
}
