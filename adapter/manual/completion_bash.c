/* SPDX-License-Identifier: MIT */
#include "completion.h"

static void put_words(FILE *file, const struct manual_command *command,
                      const struct manual_option *option) {
    if (option->letter)
        fprintf(file, " -%c", option->key);
    fprintf(file, " --%s", option->name);
}

static void put_value(FILE *file, const struct manual_value *value) {
    fprintf(file, "%s %s", completion_kind(value->kind), value->ending ? value->ending : "-");
    completion_words(file, value);
}

static void put_option(FILE *file, const struct manual_command *command,
                       const struct manual_option *option) {
    if (option->argument == NULL)
        return;
    const char *name = completion_name(command);
    fputs("    ", file);
    if (option->letter)
        fprintf(file, "'%s -%c' | ", name, option->key);
    fprintf(file, "'%s --%s') echo '", name, option->name);
    put_value(file, &option->value);
    fputs("' ;;\n", file);
}

static void put_command(FILE *file, const struct manual_command *command) {
    const char *name = completion_name(command);
    fprintf(file, "    '%s options') echo '", name);
    completion_options(file, command, put_words);
    fprintf(file, "' ;;\n    '%s operands') echo '%u ", name, command->operand_count);
    put_value(file, &command->operand);
    fputs("' ;;\n", file);
    if (command->hands_on)
        fprintf(file, "    '%s hands-on') ;;\n", name);
    completion_options(file, command, put_option);
}

void completion_bash(FILE *file) {
    const struct manual_command *command;
    fputs("_luaheat_table() {\n    case \"$1 $2\" in\n", file);
    for (size_t i = 0; (command = completion_command(i)) != NULL; i++)
        put_command(file, command);
    fputs("    *) return 1 ;;\n    esac\n}\n", file);
}
