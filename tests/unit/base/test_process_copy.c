/* SPDX-License-Identifier: MIT */
#include "process_copy.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* What both see, and what only one does. */
Test(process_copy, has_a_copy_of_all_but_what_is_shared) {
    int *shared =
        mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    volatile int own = 1;
    pid_t copy = process_copy();
    cr_assert_neq(copy, -1);
    if (copy == 0) {
        own = 2;
        *shared = own;
        _exit(0);
    }
    process_copy_wait(copy);
    cr_assert_eq(own, 1);
    cr_assert_eq(*shared, 2, "it has ended");
    munmap(shared, sizeof *shared);
}

static void answer(void *shared) {
    *(int *)shared = 3;
}

static void hang(void *shared) {
    *(int *)shared = 4;
    for (;;)
        pause();
}

Test(process_copy, runs_what_it_is_to_try_but_not_for_ever) {
    enum { LONG_NS = 1000000000, SHORT_NS = 20000000 };
    int *shared =
        mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    cr_assert(process_copy_run(answer, shared, 0));
    cr_assert_eq(*shared, 3);
    *shared = 0;
    cr_assert(process_copy_run(answer, shared, 60 * (int64_t)LONG_NS));
    cr_assert_eq(*shared, 3);
    cr_assert(!process_copy_run(hang, shared, SHORT_NS));
    cr_assert_eq(*shared, 4);
    munmap(shared, sizeof *shared);
}

#ifdef UNNOTICED
static volatile int told;

static void tell(int number) {
    told++;
}

Test(process_copy, the_program_does_not_notice) {
    signal(SIGCHLD, tell);
    pid_t copy = process_copy();
    if (copy == 0)
        _exit(0);
    process_copy_wait(copy);
    cr_assert_eq(told, 0);
    cr_assert_eq(waitpid(-1, NULL, WNOHANG), -1);
    cr_assert_eq(errno, ECHILD);
}
#endif
