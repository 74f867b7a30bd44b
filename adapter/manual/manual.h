/* SPDX-License-Identifier: MIT */
/*
 * manual: what each command is, takes and does, as a table. The parsers take their options from it
 * (cli/options.h), `--help` is laid out from it (help.h), and the build makes the manual page and
 * the completions of the shells of it (generate.c): what is accepted is documented, and the
 * reverse.
 *
 * All text is ASCII, without line ends: whoever shows it breaks the lines. Arrays end with a row of
 * zeros.
 */
#ifndef LUAHEAT_MANUAL_MANUAL_H
#define LUAHEAT_MANUAL_MANUAL_H

#include <stdbool.h>
#include <stddef.h>

/* What can stand for a value. Of those marked * the parser itself takes nothing else. */
enum manual_kind {
    MANUAL_NONE,
    MANUAL_TEXT,
    MANUAL_NUMBER,       /* * a whole number in digits */
    MANUAL_FILE,         /* * the name of a file, not empty */
    MANUAL_WORD,         /* * one of the words */
    MANUAL_WORDS,        /* * some of the words, with commas between them */
    MANUAL_WORD_FILE,    /* * one of the words, an equals sign, a file */
    MANUAL_WORD_TEXT,    /* * one of the words, an equals sign, whatever */
    MANUAL_NAME_FILE,    /* any name, an equals sign, a file and more */
    MANUAL_WORD_OR_FILE, /* a word and an equals sign, or a file; and more */
};

struct manual_value {
    enum manual_kind kind;
    const char *const *words; /* NULL-terminated */
    const char *ending;       /* of the files that are meant: ".lua"; NULL: any */
};

struct manual_option {
    const char *name;     /* without the dashes; NULL: the text is a heading, with its colon;
                             "": the words that end the options, without a key */
    const char *argument; /* what the value is called: "FILE"; NULL: takes none */
    struct manual_value value;
    const char *text; /* up to its first ". ", ": ", "; " or " (" it is a summary */
    int key;          /* what the parser is told, unlike others of the command */
    bool letter;      /* the key is a short option too */
    bool repeats;     /* may be given more than once */
};

/* A row of a list; with a term alone, a line of its own; with a text alone, a paragraph. */
struct manual_item {
    const char *term, *text;
};

struct manual_section {
    const char *title; /* with its colon; NULL: none */
    const struct manual_item *items;
};

struct manual_command {
    const char *name;     /* NULL: luaheat itself */
    const char *operands; /* "script.lua [args]" */
    struct manual_value operand;
    unsigned operand_count; /* so many at most */
    bool hands_on;          /* what follows the operands is not ours, whatever it looks like */
    const char *summary;
    const char *description;
    const struct manual_option *options;
    const struct manual_section *sections; /* NULL: none; likewise the rest */
    const struct manual_item *environment;
    const struct manual_item *exit_codes;
    const struct manual_item *examples; /* terms: command lines */
};

extern const struct manual_command manual_luaheat, manual_run, manual_diff, manual_ps, manual_dap,
    manual_help;

/* Of --format. */
enum manual_format { MANUAL_TABLE, MANUAL_JSON, MANUAL_CSV };

/* Their names, and those of export_formats.h; NULL-terminated. */
extern const char *const manual_formats[], *const manual_export_formats[];

/* All but luaheat itself, in the order to show them; NULL-terminated. */
extern const struct manual_command *const manual_commands[];

#endif
