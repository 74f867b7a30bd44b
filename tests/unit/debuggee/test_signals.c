/* SPDX-License-Identifier: MIT */
#include "signals.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static bool ends_a_program(int number) {
    pid_t child = fork();
    if (child == 0) {
        signal(number, SIG_DFL);
        raise(number);
        _exit(0);
    }
    int status;
    do
        waitpid(child, &status, WUNTRACED);
    while (WIFSTOPPED(status) && kill(child, SIGCONT) == 0);
    return WIFSIGNALED(status);
}

static void expect_shell_name(int number) {
    char command[32], name[32] = "SIG";
    snprintf(command, sizeof command, "bash -c 'kill -l %d'", number);
    FILE *shell = popen(command, "r");
    cr_assert_not_null(fgets(name + 3, sizeof name - 3, shell));
    pclose(shell);
    name[strcspn(name, "\n")] = '\0';
    cr_assert_str_eq(signals_name(number), number == SIGPOLL ? "SIGPOLL" : name);
}

Test(signals, each_that_ends_a_program_has_the_one_that_shells_know) {
    int known = 0;
    for (int number = 1; number < SIGRTMIN && number < 32; number++)
        if (ends_a_program(number)) {
            expect_shell_name(number);
            known++;
        }
    cr_assert_geq(known, 20);
}

Test(signals, of_numbers_that_are_none_there_is_none) {
    cr_assert_null(signals_name(0));
    cr_assert_null(signals_name(SIGRTMIN + 3));
    cr_assert_null(signals_name(-1));
}
