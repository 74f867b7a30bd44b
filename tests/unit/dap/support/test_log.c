/* SPDX-License-Identifier: MIT */
#include "log.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What is logged of some messages, without the times. */
static char *logged(unsigned channels) {
    char path[] = "/tmp/luaheat-test-XXXXXX", line[200], *text = calloc(1, 1000);
    unsigned seconds, micros;
    int after;
    struct log log;
    close(mkstemp(path));
    cr_assert_eq(log_open(&log, path, channels), 0);
    log_received(&log, LOG_DAP, "{\n\"a\":\r1}", 9);
    log_sent(&log, LOG_LINK, "{\"b\":2} and more", 7);
    log_remark(&log, LOG_LINK, "skipped");
    log_sent(&log, LOG_DAP, "", 0);
    log_close(&log);
    FILE *file = fopen(path, "r");
    while (fgets(line, sizeof line, file) != NULL) {
        cr_assert_eq(sscanf(line, "%u.%6u %n", &seconds, &micros, &after), 2, "%s", line);
        strcat(text, line + after);
    }
    fclose(file);
    unlink(path);
    return text;
}

static void expect(unsigned channels, const char *expected) {
    char *text = logged(channels);
    cr_expect_str_eq(text, expected);
    free(text);
}

Test(log, each_message_is_a_line_with_its_channel_and_direction) {
    expect(LOG_ALL, "dap -> { \"a\": 1}\nlink <- {\"b\":2}\nlink !! skipped\ndap <- \n");
}

Test(log, only_of_the_channels_that_are_wanted) {
    expect(LOG_DAP, "dap -> { \"a\": 1}\ndap <- \n");
    expect(LOG_LINK, "link <- {\"b\":2}\nlink !! skipped\n");
}

Test(log, channels_by_name) {
    unsigned channels = 0;
    cr_assert_eq(log_channels_parse("dap", &channels), 0);
    cr_assert_eq(channels, LOG_DAP);
    cr_assert_eq(log_channels_parse("link", &channels), 0);
    cr_assert_eq(channels, LOG_LINK);
    cr_assert_eq(log_channels_parse("dap,link", &channels), 0);
    cr_assert_eq(channels, LOG_ALL);
    cr_assert_eq(log_channels_parse("dap,wire", &channels), -EINVAL);
}

Test(log, none_logs_nothing) {
    struct log log = {0};
    log_received(&log, LOG_DAP, "x", 1);
    log_close(&log);
}
