/* SPDX-License-Identifier: MIT */
/* A shell script stands in for the interpreter. */
#include "code_lines.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char program[] = "/tmp/luaheat-code-lines-XXXXXX";
static struct code_lines code;

static void setup(void) {
    close(mkstemp(program));
}

static void teardown(void) {
    code_lines_finish(&code);
    unlink(program);
}

TestSuite(code_lines, .init = setup, .fini = teardown);

/* Asks an interpreter that does what the shell's line says. */
static int ask(const char *line) {
    FILE *file = fopen(program, "w");
    fprintf(file, "#!/bin/sh\n%s\n", line);
    fclose(file);
    chmod(program, 0700);
    code_lines_finish(&code);
    return code_lines_read(&code, &(struct interpreter){.path = program}, "/a b.lua");
}

Test(code_lines, are_read_as_the_interpreter_prints_them) {
    cr_assert_eq(ask("printf '2\\n5\\n6\\n'"), 0);
    cr_assert_null(code.problem);
    cr_assert_eq(code.count, 3);
    cr_assert_eq(code_lines_at(&code, 1), 2);
    cr_assert_eq(code_lines_at(&code, 2), 2);
    cr_assert_eq(code_lines_at(&code, 3), 5);
    cr_assert_eq(code_lines_at(&code, 6), 6);
    cr_assert_eq(code_lines_at(&code, 7), 0);
}

Test(code_lines, of_an_empty_file_are_none) {
    cr_assert_eq(ask(":"), 0);
    cr_assert_eq(code_lines_at(&code, 1), 0);
}

Test(code_lines, more_than_a_pipe_holds_are_read) {
    cr_assert_eq(ask("seq 50000"), 0);
    cr_assert_eq(code.count, 50000);
    cr_assert_eq(code_lines_at(&code, 50000), 50000);
}

Test(code_lines, the_file_is_named_as_one_argument) {
    cr_assert_eq(ask("echo \"$1|$2\"; exit 1"), 0);
    cr_assert_str_eq(code.problem, "--code-lines|/a b.lua");
}

Test(code_lines, an_answer_that_is_none_is_an_error) {
    cr_assert_eq(ask("echo 2; echo what"), -EPROTO);
}

Test(code_lines, an_interpreter_that_is_missing_or_killed_has_none) {
    cr_assert_eq(ask("kill -9 $$"), 0);
    cr_assert_str_eq(code.problem, "");
    code_lines_finish(&code);
    cr_assert_eq(
        code_lines_read(&code, &(struct interpreter){.path = "/no/such/program"}, "/a.lua"),
        -ENOENT);
}
