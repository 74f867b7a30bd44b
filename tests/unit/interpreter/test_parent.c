/* SPDX-License-Identifier: MIT */
/* Generations of this process: the adapter, the program that follows it, a child of the program.
   The last two hold a pipe open, whose end is read here. */
#include "parent.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

TestSuite(parent, .timeout = 20);

static void wait_forever(void) {
    for (;;)
        pause();
}

static void finish(int pid) {
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}

/* It holds back what can be held back. Its child says its number and that of the program. */
static void be_program(int said) {
    sigset_t all;
    setpgid(0, 0);
    parent_follow();
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    if (fork() == 0) {
        dprintf(said, "%d %d\n", (int)getpid(), (int)getppid());
        close(said);
        wait_forever();
    }
    wait_forever();
}

Test(parent, its_end_is_that_of_a_program_alone) {
    int ends[2], child, program;
    char text[64] = "";
    cr_assert_eq(pipe(ends), 0);
    int adapter = fork();
    if (adapter == 0) {
        close(ends[0]);
        if (fork() == 0)
            be_program(ends[1]);
        close(ends[1]);
        wait_forever();
    }
    close(ends[1]);
    cr_assert_gt(read(ends[0], text, sizeof text - 1), 0);
    cr_assert_eq(sscanf(text, "%d %d", &child, &program), 2);
    finish(adapter);
    cr_assert_eq(read(ends[0], text, 1), 0, "the program has ended");
    cr_assert_eq(kill(child, 0), 0, "its child has not");
    kill(child, SIGKILL);
}

Test(parent, as_long_as_it_lives_signals_of_the_program_are_its_own) {
    int status, program = fork();
    if (program == 0) {
        setpgid(0, 0);
        parent_follow();
        raise(SIGHUP);
    }
    waitpid(program, &status, 0);
    cr_assert(WIFSIGNALED(status));
    cr_assert_eq(WTERMSIG(status), SIGHUP);
}
