/* SPDX-License-Identifier: MIT */
#include "group_guard.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

TestSuite(group_guard, .timeout = 20);

/* Takes no signal that can be refused. */
static int start_group(void) {
    int pid = fork();
    if (pid != 0) {
        setpgid(pid, pid);
        return pid;
    }
    sigset_t all;
    setpgid(0, 0);
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    for (;;)
        pause();
}

Test(group_guard, the_end_of_this_process_is_that_of_the_group) {
    uv_loop_t loop;
    struct group_guard guard;
    int status, group = start_group();
    cr_assert_eq(uv_loop_init(&loop), 0);
    cr_assert_eq(group_guard_start(&guard, &loop, group), 0);
    close(guard.line); /* all that the system would do */
    cr_assert_eq(waitpid(group, &status, 0), group);
    cr_assert(WIFSIGNALED(status));
    cr_assert_eq(WTERMSIG(status), SIGKILL);
    uv_run(&loop, UV_RUN_DEFAULT);
    cr_assert_eq(uv_loop_close(&loop), 0);
}

Test(group_guard, a_group_that_is_let_go_lives_on) {
    uv_loop_t loop;
    struct group_guard guard;
    int group = start_group();
    cr_assert_eq(uv_loop_init(&loop), 0);
    cr_assert_eq(group_guard_start(&guard, &loop, group), 0);
    group_guard_finish(&guard);
    group_guard_finish(&guard);
    uv_run(&loop, UV_RUN_DEFAULT); /* until the guard has ended */
    cr_assert_eq(uv_loop_close(&loop), 0);
    cr_assert_eq(waitpid(group, NULL, WNOHANG), 0);
    kill(group, SIGKILL);
    waitpid(group, NULL, 0);
}
