/* SPDX-License-Identifier: MIT */
#include "token.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char path[] = "/tmp/luaheat-test-token-XXXXXX";
static char complaint[COMPLAINT_BYTES];

static int read_back(struct token *token, const char *text, mode_t mode) {
    strcpy(strrchr(path, '-') + 1, "XXXXXX");
    int fd = mkstemp(path);
    cr_assert(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
    cr_assert_eq(fchmod(fd, mode), 0);
    close(fd);
    complaint[0] = '\0';
    int status = token_read(token, path, complaint);
    unlink(path);
    return status;
}

Test(token, is_the_first_line) {
    static const char *const texts[] = {"0123456789abcdef", "0123456789abcdef\n",
                                        "0123456789abcdef\r\nmore\n"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct token token;
        cr_assert_eq(read_back(&token, texts[i], 0600), 0, "%s", complaint);
        cr_assert_str_eq(token.text, "0123456789abcdef");
        cr_assert_eq(token.size, 16);
        token_finish(&token);
    }
}

Test(token, may_be_of_less_mode_and_not_of_more) {
    struct token token;
    cr_assert_eq(read_back(&token, "0123456789abcdef", 0400), 0);
    token_finish(&token);
    for (mode_t bit = 1; bit <= 0040; bit <<= 1) {
        cr_assert_lt(read_back(&token, "0123456789abcdef", 0600 | bit), 0);
        cr_assert_null(token.text);
    }
}

Test(token, is_neither_short_nor_strange) {
    static const char *const texts[] = {"",
                                        "\n",
                                        "0123456789abcde",
                                        "0123456789abcde f",
                                        "0123456789abcdef\t",
                                        "0123456789abcde\xc3\xa4"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct token token;
        cr_assert_lt(read_back(&token, texts[i], 0600), 0, "%s", texts[i]);
        cr_assert(texts[i][0] < ' ' || strstr(complaint, texts[i]) == NULL, "%s", complaint);
    }
}

Test(token, matches_itself_alone) {
    char text[] = "0123456789abcdef";
    struct token token = {text, strlen(text)};
    cr_assert(token_matches(&token, "0123456789abcdef"));
    static const char *const others[] = {"",
                                         "0",
                                         "0123456789abcde",
                                         "0123456789abcdeg",
                                         "1123456789abcdef",
                                         "0123456789abcdef0",
                                         "0123456789abcdef0123456789abcdef"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        cr_assert_not(token_matches(&token, others[i]), "%s", others[i]);
}
