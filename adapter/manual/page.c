/* SPDX-License-Identifier: MIT */
#include "page.h"

#include "manual.h"
#include "option_words.h"

#include <string.h>

enum { LINE = 66 }; /* of text, in which escapes need some room */

/* ---- text ---- */

/* No character of it is a request, an escape or a typographic hyphen. */
static void put_plain(FILE *file, const char *text, size_t size) {
    if (size > 0 && (*text == '.' || *text == '\''))
        fputs("\\&", file);
    for (const char *end = text + size; text < end; text++)
        if (*text == '\\')
            fputs("\\e", file);
        else if (*text == '-' || *text == '\'')
            fputs(*text == '-' ? "\\-" : "\\(aq", file);
        else
            putc(*text, file);
}

static void put_word(FILE *file, const char *word, size_t size) {
    size_t option = strncmp(word, "--", 2) == 0 && size > 2 ? strcspn(word, " ;,") : 0;
    if (option > 0) {
        fputs("\\fB", file);
        put_plain(file, word, option);
        fputs("\\fR", file);
    }
    put_plain(file, word + option, size - option);
}

/* Options in it are bold. A sentence ends its line, as roff wants it. */
static void put_text(FILE *file, const char *text) {
    for (size_t at = 0; *text != '\0';) {
        size_t size = strcspn(text, " ");
        put_word(file, text, size);
        at += size + 1;
        bool sentence = text[size - 1] == '.';
        text += size + (text[size] == ' ');
        bool ends = *text == '\0' || sentence || at + strcspn(text, " ") > LINE;
        putc(ends ? '\n' : ' ', file);
        at = ends ? 0 : at;
    }
}

static void put_bold(FILE *file, const char *text) {
    fputs("\\fB", file);
    put_plain(file, text, strlen(text));
    fputs("\\fR", file);
}

/* What stands for something else. */
static void put_italic(FILE *file, const char *text) {
    fputs("\\fI", file);
    put_plain(file, text, strlen(text));
    fputs("\\fR", file);
}

/* ---- the parts of an entry ---- */

static void put_items(FILE *file, const struct manual_item *items) {
    for (bool first = true; items->term != NULL || items->text != NULL; items++, first = false) {
        if (items->term != NULL || !first)
            fputs(items->term != NULL ? ".TP\n" : ".PP\n", file);
        if (items->term != NULL) {
            put_bold(file, items->term);
            putc('\n', file);
        }
        put_text(file, items->text);
    }
}

/* Over what belongs together; NULL: only apart from what is in front. */
static void put_title(FILE *file, const char *title) {
    fputs(".PP\n", file);
    if (title == NULL)
        return;
    put_italic(file, title);
    putc('\n', file);
}

static void put_term(FILE *file, const struct manual_option *option) {
    char word[OPTION_WORDS_BYTES];
    if (option->letter) {
        snprintf(word, sizeof word, "-%c", option->key);
        put_bold(file, word);
        fputs(", ", file);
    }
    snprintf(word, sizeof word, "--%s", option->name);
    put_bold(file, word);
    if (option->argument != NULL) {
        putc(' ', file);
        put_italic(file, option->argument);
    }
    putc('\n', file);
}

static void put_options(FILE *file, const struct manual_option *options) {
    for (const struct manual_option *option = options; option->text != NULL; option++) {
        if (option->name == NULL) {
            put_title(file, option->text);
            continue;
        }
        fputs(".TP\n", file);
        put_term(file, option);
        put_text(file, option->text);
    }
}

static void put_synopsis(FILE *file, const struct manual_command *command) {
    put_bold(file, "luaheat");
    putc(' ', file);
    put_bold(file, command->name);
    fputs(" [\\fIoptions\\fR]", file);
    if (command->operands != NULL) {
        putc(' ', file);
        put_italic(file, command->operands);
    }
    putc('\n', file);
}

static void put_command(FILE *file, const struct manual_command *command) {
    fprintf(file, ".SS luaheat %s\n", command->name);
    put_text(file, command->description);
    put_options(file, command->options);
    for (const struct manual_section *section = command->sections; section && section->items;
         section++) {
        put_title(file, section->title);
        put_items(file, section->items);
    }
}

/* ---- the page ---- */

static void put_beginning(FILE *file, const char *released) {
    fprintf(file,
            ".\\\" Made when luaheat is built, of the table that --help is made of.\n"
            ".TH LUAHEAT 1 %s \"luaheat " LUAHEAT_VERSION "\" \"User Commands\"\n"
            ".SH NAME\nluaheat \\- ",
            released);
    put_text(file, manual_luaheat.summary);
    fputs(".SH SYNOPSIS\n", file);
    for (const struct manual_command *const *command = manual_commands; *command; command++) {
        fputs(command == manual_commands ? "" : ".br\n", file);
        put_synopsis(file, *command);
    }
    fputs(".SH DESCRIPTION\n", file);
    put_text(file, manual_luaheat.description);
    put_options(file, manual_luaheat.options);
}

static void put_exit_codes(FILE *file) {
    fputs(".SH EXIT STATUS\n", file);
    for (const struct manual_command *const *command = manual_commands; *command; command++)
        if ((*command)->exit_codes != NULL) {
            fprintf(file, ".SS luaheat %s\n", (*command)->name);
            put_items(file, (*command)->exit_codes);
        }
}

static void put_examples(FILE *file) {
    fputs(".SH EXAMPLES\n.EX\n", file);
    for (const struct manual_command *const *command = manual_commands; *command; command++)
        for (const struct manual_item *example = (*command)->examples; example && example->term;
             example++) {
            put_plain(file, example->term, strlen(example->term));
            putc('\n', file);
        }
    fputs(".EE\n", file);
}

void page_write(FILE *file, const char *released) {
    put_beginning(file, released);
    fputs(".SH COMMANDS\n", file);
    for (const struct manual_command *const *command = manual_commands; *command; command++)
        put_command(file, *command);
    fputs(".SH ENVIRONMENT\n", file);
    put_items(file, manual_luaheat.environment);
    put_exit_codes(file);
    put_examples(file);
    fputs(".SH SEE ALSO\n.BR lua (1)\n", file);
}
