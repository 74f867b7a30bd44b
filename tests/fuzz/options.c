/* SPDX-License-Identifier: MIT */
/* Command lines, a word a line: those of `luaheat run`, `luaheat diff` and luaheat's words for
   places and sizes in them. */
#include "complain.h"
#include "diff_options.h"
#include "fuzz.h"
#include "run_options.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_WORDS = 64 };

struct line {
    char *text;
    int argc;
    char *argv[MOST_WORDS + 1];
};

static void split(struct line *line, const uint8_t *data, size_t size, char *command) {
    line->text = malloc(size + 1);
    assert(line->text != NULL);
    memcpy(line->text, data, size);
    line->text[size] = '\0';
    line->argc = 1;
    line->argv[0] = command;
    char *rest = line->text, *word;
    while (line->argc < MOST_WORDS && (word = strsep(&rest, "\n")) != NULL)
        line->argv[line->argc++] = word;
    line->argv[line->argc] = NULL;
}

typedef int parser(struct line *line, char *complaint);

static int parse_run(struct line *line, char *complaint) {
    struct run_options options;
    int error = run_options_parse(&options, line->argc, line->argv, complaint);
    run_options_finish(&options);
    return error;
}

static int parse_diff(struct line *line, char *complaint) {
    struct diff_options options;
    int error = diff_options_parse(&options, line->argc, line->argv, complaint);
    diff_options_finish(&options);
    return error;
}

static void parse(parser *parser, char *command, const uint8_t *data, size_t size) {
    struct line line;
    char complaint[COMPLAINT_BYTES] = "";
    split(&line, data, size, command);
    int error = parser(&line, complaint);
    assert(error == 0 || (error == -EINVAL && complaint[0] != '\0'));
    free(line.text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    parse(parse_run, (char[]){"run"}, data, size);
    parse(parse_diff, (char[]){"diff"}, data, size);
    return 0;
}
