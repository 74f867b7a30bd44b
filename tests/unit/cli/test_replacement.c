/* SPDX-License-Identifier: MIT */
#include "replacement.h"

#include <criterion/criterion.h>
#include <glob.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/luaheat-test-XXXXXX";

static void start(void) {
    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(chdir(folder), 0);
}

static void finish(void) {
    unlink("figures");
    rmdir(folder);
}

TestSuite(replacement, .init = start, .fini = finish);

static bool nothing_is_left(void) {
    glob_t found;
    int status = glob(".luaheat-*", 0, NULL, &found);
    globfree(&found);
    return status == GLOB_NOMATCH;
}

static void write_and_raise(int number) {
    struct replacement replacement;
    if (replacement_open(&replacement, "figures") != 0)
        _exit(1);
    fputs("a part", replacement.file);
    fflush(replacement.file);
    raise(number);
    _exit(replacement_finish(&replacement, NULL) == 0 ? 0 : 1);
}

/* How a process ends that is sent the signal while it writes. */
static int status_after(int number, void (*before)(int)) {
    int status;
    pid_t child = fork();
    if (child == 0) {
        signal(number, before);
        write_and_raise(number);
    }
    cr_assert_eq(waitpid(child, &status, 0), child);
    return status;
}

Test(replacement, an_interrupted_one_leaves_nothing) {
    const int numbers[] = {SIGHUP, SIGINT, SIGTERM};
    for (int i = 0; i < 3; i++) {
        int status = status_after(numbers[i], SIG_DFL);
        cr_expect(WIFSIGNALED(status) && WTERMSIG(status) == numbers[i]);
        cr_expect(nothing_is_left());
        cr_expect_neq(access("figures", F_OK), 0);
    }
}

static void handle(int number) {
}

Test(replacement, what_ends_nobody_does_not_end_it) {
    cr_expect_eq(status_after(SIGINT, SIG_IGN), 0);
    cr_expect_eq(access("figures", F_OK), 0);
    cr_expect_eq(status_after(SIGTERM, handle), 0);
}

Test(replacement, afterwards_signals_do_what_they_did) {
    struct replacement replacement;
    struct sigaction now;
    cr_assert_eq(replacement_open(&replacement, "figures"), 0);
    cr_assert_eq(replacement_finish(&replacement, NULL), 0);
    sigaction(SIGTERM, NULL, &now);
    cr_assert_eq(now.sa_handler, SIG_DFL);
    cr_assert_eq(access("figures", F_OK), 0);
}
