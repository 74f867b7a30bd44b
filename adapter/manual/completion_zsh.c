/* SPDX-License-Identifier: MIT */
#include "completion.h"

#include "option_words.h"

#include <string.h>

/* Within apostrophes and brackets, or between colons. */
static void put_escaped(FILE *file, const char *text, size_t size) {
    for (const char *end = text + size; text < end; text++) {
        if (*text == '\'')
            fputs("'\\'", file);
        if (strchr("[]:\\", *text) != NULL)
            putc('\\', file);
        putc(*text, file);
    }
}

/* With the blank in front zsh hands on the words as they are. */
static void put_action(FILE *file, const struct manual_value *value) {
    fprintf(file, ": _luaheat_%s \"%s\"", completion_kind(value->kind),
            value->ending ? value->ending : "");
    completion_words(file, value);
}

/* One way to write an option. before: what zsh should know of it; joined: how its value may
   follow. */
static void put_spec(FILE *file, const struct manual_option *option, const char *before,
                     const char *word, const char *joined) {
    bool valued = option->argument != NULL;
    fprintf(file, " \\\n      '%s%s%s[", before, word, valued ? joined : "");
    put_escaped(file, option->text, option_summary(option));
    putc(']', file);
    if (valued) {
        putc(':', file);
        put_escaped(file, option->argument, strlen(option->argument));
        put_action(file, &option->value);
    }
    putc('\'', file);
}

/* Once, however it is written, unless it may be repeated. */
static void put_option(FILE *file, const struct manual_command *command,
                       const struct manual_option *option) {
    char word[OPTION_WORDS_BYTES], both[OPTION_WORDS_BYTES + 6] = "";
    char letter[] = {'-', (char)option->key, '\0'};
    snprintf(word, sizeof word, "--%s", option->name);
    if (option->letter) {
        snprintf(both, sizeof both, "(%s %s)", letter, word);
        put_spec(file, option, both, letter, "+");
    }
    put_spec(file, option, option->repeats ? "*" : both, word, "=");
}

static void put_operands(FILE *file, const struct manual_command *command) {
    for (unsigned i = 0; i < command->operand_count; i++) {
        fprintf(file, " \\\n      '%u:operand", i + 1);
        put_action(file, &command->operand);
        putc('\'', file);
    }
    if (command->hands_on)
        fputs(" \\\n      '*:argument:_files'", file);
}

static void put_command(FILE *file, const struct manual_command *command) {
    fprintf(file, "  (%s)\n    specs=(-s -S%s", completion_name(command),
            command->hands_on ? " -A '-*'" : "");
    completion_options(file, command, put_option);
    if (command == &manual_luaheat)
        fputs(" \\\n      '1: :->command' '*:: :->words'", file);
    else
        put_operands(file, command);
    fputs(")\n    ;;\n", file);
}

static void put_commands(FILE *file) {
    fputs("  (commands)\n    specs=(", file);
    for (const struct manual_command *const *command = manual_commands; *command; command++) {
        fprintf(file, " \\\n      '%s:", (*command)->name);
        put_escaped(file, (*command)->summary, strlen((*command)->summary));
        putc('\'', file);
    }
    fputs(")\n    ;;\n", file);
}

void completion_zsh(FILE *file) {
    const struct manual_command *command;
    fputs("_luaheat_table() {\n  case $1 in\n", file);
    put_commands(file);
    for (size_t i = 0; (command = completion_command(i)) != NULL; i++)
        put_command(file, command);
    fputs("  (*) return 1 ;;\n  esac\n}\n", file);
}
