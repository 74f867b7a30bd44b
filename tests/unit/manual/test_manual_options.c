/* SPDX-License-Identifier: MIT */
/* What the manual says is what the parsers take: each option, with each value that it names. */
#include "diff_options.h"
#include "run_options.h"

#include "option_words.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static char complaint[COMPLAINT_BYTES];

static int parse_run(int argc, char **argv) {
    struct run_options options;
    int error = run_options_parse(&options, argc, argv, complaint);
    run_options_finish(&options);
    return error;
}

static int parse_diff(int argc, char **argv) {
    struct diff_options options;
    int error = diff_options_parse(&options, argc, argv, complaint);
    diff_options_finish(&options);
    return error;
}

typedef int parse_function(int argc, char **argv);

/* A value that the option should take, and that has the word in it. */
static void value_with(char value[64], const struct manual_option *option, const char *word) {
    const char *start = word != NULL ? word : "1";
    switch (option->value.kind) {
    case MANUAL_WORD_FILE:
    case MANUAL_WORD_TEXT:
    case MANUAL_WORD_OR_FILE:
        snprintf(value, 64, "%s=1", start);
        break;
    case MANUAL_NAME_FILE:
        snprintf(value, 64, "name=/dev/null:1");
        break;
    case MANUAL_FILE:
        snprintf(value, 64, "/dev/null:1");
        break;
    default:
        snprintf(value, 64, "%s", start);
    }
}

static bool is_about_why(const struct manual_option *option) {
    return strncmp(option->name, "why", strlen("why")) == 0;
}

/* With a measurement called 1, or a line, without which some options mean nothing. */
static int try(const struct manual_option *option, const char *word, parse_function *parse) {
    char value[64], given[128];
    value_with(value, option, word);
    bool valued = option->argument != NULL;
    snprintf(given, sizeof given, "--%s%s%s", option->name, valued ? "=" : "", valued ? value : "");
    char *before = (char *)(is_about_why(option) ? "--why=/dev/null:1" : "--measure=1=/dev/null:1");
    char *with[] = {(char *)"run", before, given, (char *)"a", NULL};
    char *without[] = {(char *)"diff", given, (char *)"a", (char *)"b", NULL};
    complaint[0] = '\0';
    return parse(4, parse == parse_run ? with : without);
}

static void check(const struct manual_command *command, parse_function *parse) {
    for (const struct manual_option *option = command->options; option->text != NULL; option++) {
        if (option->key == 0)
            continue;
        if (option->value.words == NULL)
            cr_assert_eq(try(option, NULL, parse), 0, "--%s: %s", option->name, complaint);
        for (const char *const *word = option->value.words; word && *word; word++)
            cr_assert_eq(try(option, *word, parse), 0, "--%s, %s: %s", option->name, *word,
                         complaint);
    }
}

Test(manual_options, run_takes_each_of_its_options_with_each_of_their_values) {
    check(&manual_run, parse_run);
}

Test(manual_options, diff_takes_each_of_its_options_with_each_of_their_values) {
    check(&manual_diff, parse_diff);
}

/* What it knows the complaint lists. */
Test(manual_options, run_limits_nothing_that_the_manual_does_not_name) {
    char *argv[] = {(char *)"run", (char *)"--limit=pile=1", (char *)"a", NULL}, names[128] = "";
    const struct manual_option *option = manual_run.options;
    while (strcmp(option->name, "limit") != 0)
        option++;
    for (const char *const *word = option->value.words; *word != NULL; word++)
        snprintf(names + strlen(names), sizeof names - strlen(names), "%s%s",
                 word == option->value.words ? "" : ", ", *word);
    cr_assert_neq(parse_run(3, argv), 0);
    cr_assert_str_eq(strstr(complaint, "heap"), names);
}

static void check_keys(const struct manual_command *command) {
    for (const struct manual_option *option = command->options; option->text != NULL; option++)
        for (const struct manual_option *other = command->options; other != option; other++) {
            cr_assert(option->key == 0 || option->key != other->key, "%s", option->name);
            cr_assert(!option->name || !other->name || strcmp(option->name, other->name) != 0);
        }
}

Test(manual_options, no_two_options_are_the_same) {
    check_keys(&manual_luaheat);
    for (const struct manual_command *const *command = manual_commands; *command; command++)
        check_keys(*command);
}

Test(manual_options, the_manual_says_what_kind_of_value_an_option_takes) {
    for (const struct manual_command *const *command = manual_commands; *command; command++)
        for (const struct manual_option *option = (*command)->options; option->text; option++) {
            cr_assert_eq(option->argument != NULL, option->value.kind != MANUAL_NONE);
            cr_assert(option_summary(option) > 0);
        }
}
