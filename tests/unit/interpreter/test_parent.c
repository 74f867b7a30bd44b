/* SPDX-License-Identifier: MIT */
/* Generations of this process: the adapter, the program that follows it, a child of the program.
   The last two hold a pipe open, whose end is read here. */
#include "parent.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdbool.h>
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

/* ---- one that has come to its adapter ---- */

/* Its child says its number, and holds open what it is said by. */
static void be_comer(int life, int said) {
    sigset_t all;
    parent_follow_life(life);
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    if (fork() == 0)
        dprintf(said, "%d\n", (int)getpid());
    wait_forever();
}

/* What has been said, once the adapter has let go; then how the program has ended. */
static int come(int said[2], bool leads_group, char text[64]) {
    int life[2], status;
    cr_assert_eq(pipe(life), 0);
    cr_assert_eq(pipe(said), 0);
    int program = fork();
    if (program == 0) {
        close(life[1]);
        close(said[0]);
        if (leads_group)
            setpgid(0, 0);
        be_comer(life[0], said[1]);
    }
    close(said[1]);
    cr_assert_gt(read(said[0], text, 63), 0);
    close(life[1]);
    waitpid(program, &status, 0);
    close(life[0]);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

Test(parent, one_that_has_come_ends_with_its_group_when_it_is_let_go) {
    int said[2];
    char text[64] = "";
    cr_assert_eq(come(said, true, text), SIGKILL);
    cr_assert_eq(read(said[0], text, 1), 0, "its child has ended, too");
}

Test(parent, one_that_leads_no_group_ends_alone) {
    int said[2], child;
    char text[64] = "";
    cr_assert_eq(come(said, false, text), SIGKILL);
    cr_assert_eq(sscanf(text, "%d", &child), 1);
    cr_assert_eq(kill(child, 0), 0);
    kill(child, SIGKILL);
}

Test(parent, one_that_comes_too_late_ends_at_once) {
    int life[2], status;
    cr_assert_eq(pipe(life), 0);
    close(life[1]);
    int program = fork();
    if (program == 0) {
        parent_follow_life(life[0]);
        wait_forever();
    }
    waitpid(program, &status, 0);
    cr_assert(WIFSIGNALED(status));
    cr_assert_eq(WTERMSIG(status), SIGKILL);
}
