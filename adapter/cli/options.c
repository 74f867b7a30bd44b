/* SPDX-License-Identifier: MIT */
#include "options.h"

#include "units.h"

#include <assert.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

enum { OPTIONS_MOST = 32 };

/* What getopt_long wants to know. */
struct syntax {
    char letters[2 + 2 * OPTIONS_MOST + 1]; /* "+:o:h" */
    struct option words[OPTIONS_MOST + 1];
};

static void describe(struct syntax *syntax, const struct manual_command *command) {
    size_t count = 0;
    char *letter = syntax->letters;
    *syntax = (struct syntax){0};
    *letter++ = command->hands_on ? '+' : '-';
    *letter++ = ':';
    for (const struct manual_option *option = command->options; option->text != NULL; option++) {
        if (option->key == 0)
            continue;
        assert(count < OPTIONS_MOST);
        int valued = option->argument != NULL ? required_argument : no_argument;
        syntax->words[count++] = (struct option){option->name, valued, NULL, option->key};
        if (option->letter)
            *letter++ = (char)option->key;
        if (option->letter && valued == required_argument)
            *letter++ = ':';
    }
}

static const struct manual_option *find(const struct manual_command *command, int key) {
    const struct manual_option *option = command->options;
    while (option->key != key)
        option++;
    return option;
}

/* ---- values ---- */

static bool is_word(const struct manual_value *value, const char *text, size_t size) {
    for (const char *const *word = value->words; *word != NULL; word++)
        if (strlen(*word) == size && memcmp(*word, text, size) == 0)
            return true;
    return false;
}

static bool are_words(const struct manual_value *value, const char *text) {
    for (;; text++) {
        size_t size = strcspn(text, ",");
        if (!is_word(value, text, size))
            return false;
        text += size;
        if (*text == '\0')
            return true;
    }
}

/* A word, an equals sign and at least so much. */
static bool is_pair(const struct manual_value *value, const char *text, size_t least) {
    const char *equals = strchr(text, '=');
    return equals != NULL && is_word(value, text, (size_t)(equals - text)) &&
           strlen(equals + 1) >= least;
}

static bool is_of_kind(const struct manual_value *value, const char *text) {
    int64_t number;
    switch (value->kind) {
    case MANUAL_NUMBER:
        return units_parse_count(text, &number) == 0;
    case MANUAL_FILE:
        return *text != '\0';
    case MANUAL_WORD:
        return is_word(value, text, strlen(text));
    case MANUAL_WORDS:
        return are_words(value, text);
    case MANUAL_WORD_FILE:
        return is_pair(value, text, 1);
    case MANUAL_WORD_TEXT:
        return is_pair(value, text, 0);
    default:
        return true;
    }
}

size_t options_number(const char *value) {
    int64_t number = 0;
    units_parse_count(value, &number);
    return (size_t)number;
}

unsigned options_word(const char *const *words, const char *value) {
    unsigned index = 0;
    while (words[index] != NULL && strcmp(words[index], value) != 0)
        index++;
    assert(words[index] != NULL);
    return index;
}

int options_most(int64_t *most, const char *text, bool counts, const char *words, char *complaint) {
    if ((counts ? units_parse_count(text, most) : units_parse_bytes(text, most)) == 0)
        return 0;
    return complain(complaint,
                    counts
                        ? "--limit %.150s: '%.60s' is no whole number"
                        : "--limit %.150s: '%.60s' is no size; write one like 500, 64KB, 64KiB or "
                          "1.5MB",
                    words, text);
}

void options_list(char list[OPTIONS_LIST_BYTES], const char *const *words, const char *last) {
    size_t used = 0;
    list[0] = '\0';
    for (const char *const *word = words; *word != NULL && used < OPTIONS_LIST_BYTES; word++) {
        const char *between = word == words ? "" : word[1] == NULL ? last : ", ";
        used += (size_t)snprintf(list + used, OPTIONS_LIST_BYTES - used, "%s%s", between, *word);
    }
}

static int refuse_value(const struct manual_option *option, const char *text, char *complaint) {
    const struct manual_value *value = &option->value;
    char list[OPTIONS_LIST_BYTES];
    if (value->words != NULL)
        options_list(list, value->words, value->kind == MANUAL_WORDS ? " and " : " or ");
    switch (value->kind) {
    case MANUAL_NUMBER:
        return complain(complaint, "--%s takes a whole number, not '%.60s'", option->name, text);
    case MANUAL_FILE:
        return complain(complaint, "--%s takes the name of a file, not ''", option->name);
    case MANUAL_WORDS:
        return complain(complaint, "--%s takes some of %s, with commas between them, not '%.60s'",
                        option->name, list, text);
    case MANUAL_WORD:
        return complain(complaint, "--%s takes %s, not '%.60s'", option->name, list, text);
    default:
        return complain(complaint, "--%s takes %s, not '%.150s'; %.*s is %s", option->name,
                        option->argument, text, (int)strcspn(option->argument, "="),
                        option->argument, list);
    }
}

/* ---- words ---- */

static int see_help(const struct manual_command *command, const char *problem, const char *word,
                    char *complaint) {
    return complain(complaint, "%s '%.60s'; see luaheat%s%s --help", problem, word,
                    command->name != NULL ? " " : "", command->name != NULL ? command->name : "");
}

/* Of an option that getopt_long() refused with ':' or '?'. word: the one it stumbled over. */
static int refuse(const struct manual_command *command, const char *word, int option,
                  char *complaint) {
    if (option == ':')
        return see_help(command, "no value for option", word, complaint);
    if (optopt != 0 && strncmp(word, "--", 2) == 0)
        return complain(complaint, "option '%.60s' takes no value", word);
    return see_help(command, "no option", word, complaint);
}

static int refuse_word(const struct manual_command *command, const char *word, char *complaint) {
    return complain(complaint, "luaheat %s takes options only, not '%.60s'", command->name, word);
}

/* Behind "--" as well. */
static int end(const struct manual_command *command, int argc, char **argv, char *complaint) {
    if (command->operand_count == 0 && optind < argc)
        return refuse_word(command, argv[optind], complaint);
    return optind;
}

/* A word, or an option that there is. */
static int take(const struct options *options, void *into, int key, char *complaint) {
    if (key != OPTIONS_WORD) {
        const struct manual_option *option = find(options->command, key);
        if (optarg != NULL && !is_of_kind(&option->value, optarg))
            return refuse_value(option, optarg, complaint);
    } else if (options->command->operand_count == 0) {
        return refuse_word(options->command, optarg, complaint);
    }
    return options->take(into, key, optarg, complaint);
}

int options_parse(const struct options *options, void *into, int argc, char **argv,
                  char complaint[COMPLAINT_BYTES]) {
    struct syntax syntax;
    describe(&syntax, options->command);
    optind = 0; /* glibc: start anew */
    opterr = 0;
    for (;;) {
        int at = optind > 0 ? optind : 1;
        int key = getopt_long(argc, argv, syntax.letters, syntax.words, NULL);
        if (key == -1)
            return end(options->command, argc, argv, complaint);
        if (key == '?' || key == ':')
            return refuse(options->command, argv[at], key, complaint);
        int taken = take(options, into, key, complaint);
        if (taken != 0)
            return taken > 0 ? optind : taken;
    }
}
