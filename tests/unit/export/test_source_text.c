/* SPDX-License-Identifier: MIT */
#include "source_text.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char path[] = "/tmp/luaheat-source-XXXXXX";
static struct source_text sources;

static void setup(void) {
    int fd = mkstemp(path);
    cr_assert_geq(fd, 0);
    close(fd);
}

static void teardown(void) {
    source_text_finish(&sources);
    unlink(path);
}

TestSuite(source_text, .init = setup, .fini = teardown);

static void write_file(const char *text) {
    FILE *file = fopen(path, "w");
    cr_assert_geq(fputs(text, file), 0);
    fclose(file);
}

static void expect_line(uint32_t line, const char *expected) {
    size_t size = 0;
    const char *text = source_text_line(&sources, path, line, &size);
    if (expected == NULL) {
        cr_assert_null(text);
        return;
    }
    cr_assert_not_null(text);
    cr_assert_eq(size, strlen(expected));
    cr_assert_eq(memcmp(text, expected, size), 0);
}

Test(source_text, lines_come_without_the_blanks_around) {
    write_file("first\n\t  second  \n\n  \nlast");
    expect_line(5, "last");
    expect_line(1, "first");
    expect_line(2, "second");
    expect_line(3, "");
    expect_line(4, "");
    expect_line(0, NULL);
    expect_line(6, NULL);
}

Test(source_text, line_ends_are_counted_as_lua_counts_them) {
    write_file("1\r\n2\r3\n\r4\n\n6\r\r8");
    expect_line(1, "1");
    expect_line(2, "2");
    expect_line(3, "3");
    expect_line(4, "4");
    expect_line(5, "");
    expect_line(6, "6");
    expect_line(7, "");
    expect_line(8, "8");
}

Test(source_text, what_is_no_file_has_no_lines) {
    size_t size;
    cr_assert_null(source_text_line(&sources, "/no/such/file", 1, &size));
    cr_assert_null(source_text_line(&sources, "/tmp", 1, &size));
    cr_assert_null(source_text_line(&sources, "/dev/zero", 1, &size));
    expect_line(1, NULL);
    unlink(path);
    cr_assert_eq(mkfifo(path, 0600), 0);
    source_text_finish(&sources);
    expect_line(1, NULL);
}

Test(source_text, every_line_of_a_long_file_is_found) {
    FILE *file = fopen(path, "w");
    for (int line = 1; line <= 1000; line++)
        fprintf(file, "%d\n", line);
    fclose(file);
    char text[12];
    for (uint32_t line = 1000; line > 0; line--) {
        snprintf(text, sizeof text, "%u", line);
        expect_line(line, text);
    }
    expect_line(1001, NULL);
}
