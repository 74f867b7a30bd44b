/* SPDX-License-Identifier: MIT */
#include "process.h"

#include <criterion/criterion.h>
#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int exit_code_of(int child) {
    int status;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int counted;

static void count(void *data) {
    counted += *(int *)data;
}

Test(process, a_flag_is_true_here_and_false_in_a_child) {
    const bool *flag = process_flag();
    int child = fork();
    if (child == 0)
        _exit(*flag);
    cr_assert_eq(exit_code_of(child), 0);
    cr_assert(*flag);
}

Test(process, a_child_is_told_once_and_only_it) {
    int by = 3;
    process_on_fork(count, &by);
    int child = fork();
    if (child == 0) {
        process_look();
        _exit(fork() == 0 ? 0 : counted);
    }
    cr_assert_eq(exit_code_of(child), 3);
    process_look();
    cr_assert_eq(counted, 0);
}

Test(process, nobody_is_told_any_more) {
    int by = 3;
    process_on_fork(count, &by);
    process_forget_fork(&by);
    int child = fork();
    if (child == 0)
        _exit(counted);
    cr_assert_eq(exit_code_of(child), 0);
}

static void forget(void *data) {
    process_forget_fork(data);
}

Test(process, each_of_several_is_told) {
    int by[3] = {1, 10, 100};
    for (int i = 0; i < 3; i++)
        cr_assert_eq(process_on_fork(count, &by[i]), 0);
    cr_assert_eq(process_on_fork(forget, &by[1]), 0);
    process_forget_fork(&by[2]);
    int child = fork();
    if (child == 0)
        _exit(counted);
    cr_assert_eq(exit_code_of(child), 1);
}

#ifdef WIPES
static int clone_raw(void) {
    return (int)syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);
}

Test(process, a_child_that_is_made_without_fork_finds_out_when_it_looks) {
    int by = 3;
    const bool *flag = process_flag();
    process_on_fork(count, &by);
    int child = clone_raw();
    if (child == 0) {
        if (*flag || counted != 0)
            _exit(1);
        process_look();
        _exit(counted);
    }
    cr_assert_eq(exit_code_of(child), 3);
    cr_assert(*flag);
}
#endif
