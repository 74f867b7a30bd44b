/* SPDX-License-Identifier: MIT */
#include "help.h"

#include "option_words.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static char *text;

/* The command's help, laid out for so many columns. */
static void lay_out(const struct manual_command *command, size_t columns) {
    size_t size;
    free(text);
    FILE *file = open_memstream(&text, &size);
    cr_assert_eq(help_write(file, command, columns), 0);
    fclose(file);
}

static size_t longest_line(void) {
    size_t longest = 0;
    for (const char *line = text; *line != '\0'; line += strcspn(line, "\n") + 1)
        longest = strcspn(line, "\n") > longest ? strcspn(line, "\n") : longest;
    return longest;
}

/* Blanks and line ends apart, the one is in the other. */
static bool holds(const char *words) {
    for (const char *start = text; *start != '\0'; start++) {
        const char *at = start, *word = words;
        while (*word != '\0' && *at != '\0') {
            at += strspn(at, " \n");
            word += strspn(word, " ");
            if (*word == '\0' || *at != *word)
                break;
            at++, word++;
        }
        if (*word == '\0')
            return true;
    }
    return false;
}

static const struct manual_option row_of_words = {
    .key = 'x', .letter = true, .name = "name", .argument = "VALUE", .text = "one two three four"};

Test(help, an_option_has_its_text_beside_it) {
    const struct manual_option options[] = {
        row_of_words, {.key = 'y', .name = "y", .text = "five six seven eight nine"}, {0}};
    const struct manual_command command = {.name = "c", .description = "what", .options = options};
    lay_out(&command, 45);
    cr_assert_str_eq(text, "luaheat c [options]\n\nwhat\n\n"
                           "  -x, --name VALUE  one two three four\n"
                           "  --y               five six seven eight nine\n");
    lay_out(&command, 44);
    cr_assert_not_null(strstr(text, "  --y               five six seven eight\n"
                                    "                    nine\n"));
}

Test(help, a_long_option_has_its_text_below_it) {
    const struct manual_option options[] = {
        row_of_words,
        {.key = 'y', .name = "a-name-that-is-long", .argument = "VALUE", .text = "five"},
        {0}};
    const struct manual_command command = {.name = "c", .description = "what", .options = options};
    lay_out(&command, 80);
    cr_assert_not_null(strstr(text, "  --a-name-that-is-long VALUE\n"
                                    "                    five\n"));
}

Test(help, paragraphs_and_lists_are_apart) {
    static const struct manual_option options[] = {{0}};
    static const struct manual_item items[] = {
        {.text = "before"}, {"a", "one"}, {"bc", "two"}, {.text = "behind"}, {0}};
    static const struct manual_section sections[] = {{"Title:", items}, {0}};
    const struct manual_command command = {
        .name = "c", .description = "what", .options = options, .sections = sections};
    lay_out(&command, 80);
    cr_assert_not_null(strstr(text, "\nTitle:\n  before\n\n  a   one\n  bc  two\n\n  behind\n"));
}

static void check_width(const struct manual_command *command) {
    lay_out(command, HELP_COLUMNS);
    cr_assert_leq(longest_line(), HELP_COLUMNS);
    lay_out(command, 80);
    cr_assert_leq(longest_line(), 80);
    size_t lines = 0;
    for (const char *at = text; (at = strstr(at, " \n")) != NULL; at++)
        lines++;
    cr_assert_eq(lines, 0, "blanks at the ends of lines");
}

static void check_options(const struct manual_command *command) {
    char words[OPTION_WORDS_BYTES];
    for (const struct manual_option *option = command->options; option->text != NULL; option++) {
        cr_assert(holds(option->text), "%s", option->text);
        if (option->name == NULL)
            continue;
        option_words(words, option);
        cr_assert(holds(words), "%s", words);
        for (const char *const *word = option->value.words; word && *word; word++)
            cr_assert(holds(*word), "%s: %s", words, *word);
    }
}

static void check_items(const struct manual_item *items) {
    for (; items && (items->term || items->text); items++) {
        cr_assert(items->term == NULL || holds(items->term), "%s", items->term);
        cr_assert(items->text == NULL || holds(items->text), "%s", items->text);
    }
}

static void check(const struct manual_command *command) {
    check_width(command);
    for (size_t columns = 20; columns <= 120; columns += 20) {
        lay_out(command, columns);
        check_options(command);
        check_items(command->environment);
        check_items(command->exit_codes);
        check_items(command->examples);
        for (const struct manual_section *section = command->sections; section && section->items;
             section++)
            check_items(section->items);
    }
    for (const char *at = text; *at != '\0'; at++)
        cr_assert((*at >= ' ' && *at <= '~') || *at == '\n');
}

Test(help, nothing_of_an_entry_is_lost_whatever_the_width) {
    check(&manual_luaheat);
    for (const struct manual_command *const *command = manual_commands; *command; command++)
        check(*command);
}

Test(help, luaheat_lists_its_commands) {
    lay_out(&manual_luaheat, HELP_COLUMNS);
    for (const struct manual_command *const *command = manual_commands; *command; command++) {
        cr_assert(holds((*command)->name));
        cr_assert(holds((*command)->summary));
    }
}
