/* SPDX-License-Identifier: MIT */
#include "completion.h"

#include "option_words.h"

#include <string.h>

/* Within apostrophes. */
static void put_escaped(FILE *file, const char *text, size_t size) {
    for (const char *end = text + size; text < end; text++) {
        if (*text == '\'' || *text == '\\')
            putc('\\', file);
        putc(*text, file);
    }
}

static void put_value(FILE *file, const struct manual_value *value) {
    fprintf(file, " -a '(__luaheat_%s \"%s\"", completion_kind(value->kind),
            value->ending ? value->ending : "");
    completion_words(file, value);
    fputs(")'", file);
}

static void put_option(FILE *file, const struct manual_command *command,
                       const struct manual_option *option) {
    fprintf(file, "complete -c luaheat -n '__luaheat_options_of %s' -l %s",
            completion_name(command), option->name);
    if (option->letter)
        fprintf(file, " -s %c", option->key);
    if (option->argument != NULL) {
        fputs(" -x", file);
        put_value(file, &option->value);
    }
    fputs(" -d '", file);
    put_escaped(file, option->text, option_summary(option));
    fputs("'\n", file);
}

static void put_operands(FILE *file, const struct manual_command *command) {
    if (command->operand_count > 0) {
        fprintf(file, "complete -c luaheat -n '__luaheat_operand_of %s %u'", command->name,
                command->operand_count);
        put_value(file, &command->operand);
        putc('\n', file);
    }
    if (command->hands_on)
        fprintf(file,
                "complete -c luaheat -n '__luaheat_command %s; and not __luaheat_operand_of %s %u' "
                "-F\n",
                command->name, command->name, command->operand_count);
}

static void put_name(FILE *file, const struct manual_command *command) {
    fprintf(file, "complete -c luaheat -n '__luaheat_operand_of luaheat 1' -a %s -d '",
            command->name);
    put_escaped(file, command->summary, strlen(command->summary));
    fputs("'\n", file);
}

/* The options that take a value in the word behind them. */
static void put_valued(FILE *file, const struct manual_command *command,
                       const struct manual_option *option) {
    if (option->argument == NULL)
        return;
    if (option->letter)
        fprintf(file, " '%s -%c'", completion_name(command), option->key);
    fprintf(file, " '%s --%s'", completion_name(command), option->name);
}

void completion_fish(FILE *file) {
    const struct manual_command *command;
    fputs("function __luaheat_waits\n    contains -- \"$argv\"", file);
    for (size_t i = 0; (command = completion_command(i)) != NULL; i++)
        completion_options(file, command, put_valued);
    fputs("\nend\n\nfunction __luaheat_hands_on\n    contains -- $argv[1]", file);
    for (size_t i = 1; (command = completion_command(i)) != NULL; i++)
        if (command->hands_on)
            fprintf(file, " %s", command->name);
    fputs("\nend\n\ncomplete -c luaheat -f\n", file);
    for (size_t i = 0; (command = completion_command(i)) != NULL; i++) {
        if (i > 0)
            put_name(file, command);
        completion_options(file, command, put_option);
        if (i > 0)
            put_operands(file, command);
    }
}
