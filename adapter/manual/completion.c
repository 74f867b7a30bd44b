/* SPDX-License-Identifier: MIT */
#include "completion.h"

const struct manual_command *completion_command(size_t index) {
    return index == 0 ? &manual_luaheat : manual_commands[index - 1];
}

const char *completion_name(const struct manual_command *command) {
    return command->name != NULL ? command->name : "luaheat";
}

const char *completion_kind(enum manual_kind kind) {
    static const char *const names[] = {
        [MANUAL_NONE] = "none",           [MANUAL_TEXT] = "text",
        [MANUAL_NUMBER] = "text",         [MANUAL_FILE] = "file",
        [MANUAL_WORD] = "word",           [MANUAL_WORDS] = "words",
        [MANUAL_WORD_FILE] = "word_file", [MANUAL_WORD_TEXT] = "word_text",
        [MANUAL_NAME_FILE] = "name_file", [MANUAL_WORD_OR_FILE] = "word_or_file"};
    return names[kind];
}

void completion_words(FILE *file, const struct manual_value *value) {
    for (const char *const *word = value->words; word != NULL && *word != NULL; word++)
        fprintf(file, " %s", *word);
}

void completion_options(FILE *file, const struct manual_command *command,
                        void (*put)(FILE *file, const struct manual_command *command,
                                    const struct manual_option *option)) {
    for (const struct manual_option *option = command->options; option->text != NULL; option++)
        if (option->key != 0)
            put(file, command, option);
}
