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

static void check(int error, const char *complaint) {
    assert(error == 0 || (error == -EINVAL && complaint[0] != '\0'));
}

static void parse_run(const uint8_t *data, size_t size) {
    struct line line;
    struct run_options options;
    char complaint[COMPLAINT_BYTES] = "";
    split(&line, data, size, (char[]){"run"});
    check(run_options_parse(&options, line.argc, line.argv, complaint), complaint);
    run_options_finish(&options);
    free(line.text);
}

static void parse_diff(const uint8_t *data, size_t size) {
    struct line line;
    struct diff_options options;
    char complaint[COMPLAINT_BYTES] = "";
    split(&line, data, size, (char[]){"diff"});
    check(diff_options_parse(&options, line.argc, line.argv, complaint), complaint);
    diff_options_finish(&options);
    free(line.text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    parse_run(data, size);
    parse_diff(data, size);
    return 0;
}
