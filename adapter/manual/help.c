/* SPDX-License-Identifier: MIT */
#include "help.h"

#include "flushed.h"
#include "option_words.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
    INDENT = 2,
    GAP = 2,
    MOST_TERM = 22, /* a longer one has its text below it */
    LEAST_TEXT = 24 /* columns beside a term, or below it */
};

struct page {
    FILE *file;
    size_t columns;
    size_t at; /* the column that comes next */
};

/* ---- words ---- */

static void end_line(struct page *page) {
    putc('\n', page->file);
    page->at = 0;
}

static void move_to(struct page *page, size_t column) {
    for (; page->at < column; page->at++)
        putc(' ', page->file);
}

/* As many lines as the text needs, each from the column on. */
static void put_text(struct page *page, const char *text, size_t column) {
    move_to(page, column);
    for (bool first = true; *text != '\0'; first = false) {
        size_t size = strcspn(text, " ");
        if (!first && page->at + 1 + size > page->columns) {
            end_line(page);
            move_to(page, column);
        } else if (!first) {
            page->at += (size_t)fprintf(page->file, " ");
        }
        page->at += fwrite(text, 1, size, page->file);
        text += size + (text[size] == ' ');
    }
    end_line(page);
}

/* ---- lists ---- */

/* Where the texts of a list stand, its longest term being so long. */
static size_t text_column(const struct page *page, size_t longest) {
    size_t column = INDENT + longest + GAP;
    return column + LEAST_TEXT <= page->columns ? column : INDENT + INDENT;
}

static size_t longer_term(size_t longest, const char *term) {
    size_t length = strlen(term);
    return length <= MOST_TERM && length > longest ? length : longest;
}

/* Without a text the term is a line of its own. */
static void put_item(struct page *page, const char *term, const char *text, size_t column) {
    if (text == NULL) {
        put_text(page, term, INDENT);
        return;
    }
    move_to(page, INDENT);
    page->at += (size_t)fprintf(page->file, "%s", term);
    if (page->at + GAP > column)
        end_line(page);
    put_text(page, text, column);
}

static bool is_row(const struct manual_item *item) {
    return item->term != NULL || item->text != NULL;
}

/* Paragraphs start at the column; between them and the list is a blank line. */
static void put_items(struct page *page, const struct manual_item *items, size_t column) {
    size_t longest = 0;
    for (const struct manual_item *item = items; is_row(item); item++)
        longest = item->term != NULL ? longer_term(longest, item->term) : longest;
    for (const struct manual_item *item = items; is_row(item); item++) {
        if (item != items && (item->term == NULL || item[-1].term == NULL))
            end_line(page);
        if (item->term != NULL)
            put_item(page, item->term, item->text, text_column(page, longest));
        else
            put_text(page, item->text, column);
    }
}

/* ---- the parts of an entry ---- */

static void put_heading(struct page *page, const char *text) {
    end_line(page);
    put_text(page, text, 0);
}

static void put_section(struct page *page, const char *title, const struct manual_item *items) {
    if (items == NULL)
        return;
    if (title != NULL)
        put_heading(page, title);
    else
        end_line(page);
    put_items(page, items, title != NULL ? INDENT : 0);
}

static void put_options(struct page *page, const struct manual_option *options) {
    char words[OPTION_WORDS_BYTES];
    size_t longest = 0;
    for (const struct manual_option *option = options; option->text != NULL; option++)
        if (option->name != NULL) {
            option_words(words, option);
            longest = longer_term(longest, words);
        }
    for (const struct manual_option *option = options; option->text != NULL; option++)
        if (option->name == NULL) {
            put_heading(page, option->text);
        } else {
            option_words(words, option);
            put_item(page, words, option->text, text_column(page, longest));
        }
}

static void put_commands(struct page *page) {
    char words[OPTION_WORDS_BYTES];
    size_t longest = 0;
    for (const struct manual_command *const *command = manual_commands; *command; command++) {
        command_words(words, *command);
        longest = strlen(words) > longest ? strlen(words) : longest;
    }
    for (const struct manual_command *const *command = manual_commands; *command; command++) {
        command_words(words, *command);
        put_item(page, words, (*command)->summary, text_column(page, longest));
    }
}

static void put_beginning(struct page *page, const struct manual_command *command) {
    char words[OPTION_WORDS_BYTES];
    if (command->name == NULL) {
        fprintf(page->file, "luaheat " LUAHEAT_VERSION " - ");
        put_text(page, command->summary, 0);
        end_line(page);
        put_commands(page);
    } else {
        command_words(words, command);
        put_text(page, words, 0);
        end_line(page);
        put_text(page, command->description, 0);
    }
    end_line(page);
}

int help_write(FILE *file, const struct manual_command *command, size_t columns) {
    struct page page = {.file = file, .columns = columns};
    put_beginning(&page, command);
    put_options(&page, command->options);
    for (const struct manual_section *section = command->sections; section && section->items;
         section++)
        put_section(&page, section->title, section->items);
    put_section(&page, "Environment:", command->environment);
    put_section(&page, "Exit code:", command->exit_codes);
    put_section(&page, "Examples:", command->examples);
    return flushed(file);
}

static size_t columns_of(int fd) {
    struct winsize size;
    bool narrow = isatty(fd) && ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 &&
                  size.ws_col < HELP_COLUMNS;
    return narrow ? size.ws_col : HELP_COLUMNS;
}

int help_show(const struct manual_command *command) {
    int error = help_write(stdout, command, columns_of(STDOUT_FILENO));
    return error == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
