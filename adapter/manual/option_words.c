/* SPDX-License-Identifier: MIT */
#include "option_words.h"

#include <stdio.h>
#include <string.h>

void command_words(char words[OPTION_WORDS_BYTES], const struct manual_command *command) {
    bool operands = command->operands != NULL;
    snprintf(words, OPTION_WORDS_BYTES, "luaheat %s [options]%s%s", command->name,
             operands ? " " : "", operands ? command->operands : "");
}

void option_words(char words[OPTION_WORDS_BYTES], const struct manual_option *option) {
    bool argument = option->argument != NULL;
    char letter[] = {'-', (char)option->key, ',', ' ', '\0'};
    snprintf(words, OPTION_WORDS_BYTES, "%s--%s%s%s", option->letter ? letter : "", option->name,
             argument ? " " : "", argument ? option->argument : "");
}

size_t option_summary(const struct manual_option *option) {
    static const char *const ends[] = {". ", ": ", "; ", " ("};
    size_t size = strlen(option->text);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        const char *end = strstr(option->text, ends[i]);
        if (end != NULL && (size_t)(end - option->text) < size)
            size = (size_t)(end - option->text);
    }
    return size;
}
