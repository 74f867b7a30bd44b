/* SPDX-License-Identifier: MIT */
#include "glance.h"

#include "bell.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int start(void (*what)(void)) {
    int pid = fork();
    if (pid == 0) {
        signal(LINK_SIGNAL, SIG_DFL);
        what();
        _exit(0);
    }
    return pid;
}

static void finish(int pid) {
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}

static void wait_forever(void) {
    for (;;)
        pause();
}

static void compute_forever(void) {
    for (volatile unsigned i = 0;; i++)
        ;
}

TestSuite(glance, .timeout = 60);

/* Nothing here takes a known time: each is looked at until it is seen to do what it does. */
Test(glance, one_that_waits_is_seen_to_and_computes_no_more) {
    int pid = start(wait_forever);
    struct glance before = {0}, now = {0};
    while (!now.known || now.runs || now.computed != before.computed) {
        before = now;
        now = glance_at(pid, 0);
    }
    cr_assert_not(glance_ran_on(&before, &now));
    finish(pid);
}

Test(glance, one_that_computes_is_seen_to_and_for_how_long) {
    int pid = start(compute_forever);
    struct glance before = {0}, now = {0};
    while (!glance_ran_on(&before, &now) || now.computed == before.computed) {
        before = now;
        now = glance_at(pid, 0);
    }
    cr_assert_gt(now.computed, before.computed);
    finish(pid);
}

Test(glance, of_one_that_is_not_there_nothing_is_known) {
    int pid = start(wait_forever);
    finish(pid);
    struct glance gone = glance_at(pid, 0);
    cr_assert_not(gone.known);
    cr_assert_not(glance_ran_on(&gone, &gone));
}

static void *compute_on(void *nothing) {
    compute_forever();
    return nothing;
}

static void compute_elsewhere(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, compute_on, NULL);
    wait_forever();
}

/* Where the system tells of threads: 0 as long as there is none but the first. */
static uint32_t second_thread(int pid) {
    char path[64];
    uint32_t found = 0;
    snprintf(path, sizeof path, "/proc/%d/task", pid);
    DIR *folder = opendir(path);
    const struct dirent *entry;
    while (folder != NULL && (entry = readdir(folder)) != NULL)
        if (atoi(entry->d_name) > 0 && atoi(entry->d_name) != pid)
            found = (uint32_t)atoi(entry->d_name);
    if (folder != NULL)
        closedir(folder);
    return found;
}

Test(glance, is_at_the_thread_that_runs_lua) {
#ifndef THREADS
    cr_skip_test("nothing is told of threads here");
#endif
    int pid = start(compute_elsewhere);
    uint32_t thread;
    struct glance first, other;
    while ((thread = second_thread(pid)) == 0)
        ;
    do {
        first = glance_at(pid, 0);
        other = glance_at(pid, thread);
    } while (!first.known || first.runs == other.runs);
    cr_assert(other.runs);
    finish(pid);
}

static void exit_when_called(int number) {
    _exit(number);
}

static void await_call(void) {
    signal(LINK_SIGNAL, exit_when_called);
    kill(getppid(), SIGCONT);
    wait_forever();
}

Test(glance, a_call_reaches_it_as_the_signal_of_the_link) {
    int status, pid;
    sigset_t ready;
    sigemptyset(&ready);
    sigaddset(&ready, SIGCONT);
    sigprocmask(SIG_BLOCK, &ready, NULL);
    pid = start(await_call);
    cr_assert_eq(sigwaitinfo(&ready, NULL), SIGCONT);
    glance_call(pid, 0);
    waitpid(pid, &status, 0);
    cr_assert(WIFEXITED(status));
    cr_assert_eq(WEXITSTATUS(status), LINK_SIGNAL);
}
