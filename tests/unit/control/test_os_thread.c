/* SPDX-License-Identifier: MIT */
#include "os_thread.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t calls;
static pthread_t listener;
static atomic_bool listens;

static void on_signal(int number) {
    (void)number;
    calls += pthread_equal(pthread_self(), listener) ? 1 : 1000;
}

static void *listen_here(void *fd) {
    static uint32_t id;
    id = os_thread_id();
    listener = pthread_self();
    os_thread_call_for(*(int *)fd, SIGURG);
    atomic_store(&listens, true);
    while (calls == 0)
        usleep(100);
    return &id;
}

Test(os_thread, is_called_for_what_arrives_and_no_other, .timeout = 60) {
    int ends[2];
    void *id;
    pthread_t thread;
    signal(SIGURG, on_signal);
    cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    int error = os_thread_call_for(ends[0], SIGURG);
    if (error == -ENOSYS && os_thread_id() == 0)
        cr_skip_test("this OS calls nobody");
    cr_assert_eq(error, 0);
    pthread_create(&thread, NULL, listen_here, &ends[0]);
    while (!atomic_load(&listens))
        usleep(100);
    cr_assert_eq(write(ends[1], "x", 1), 1);
    pthread_join(thread, &id);
    cr_assert_eq(calls, 1);
    cr_assert_neq(*(uint32_t *)id, os_thread_id());
}

Test(os_thread, that_listens_no_more_is_not_called) {
    int ends[2];
    signal(SIGURG, on_signal);
    cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    os_thread_call_for(ends[0], SIGURG);
    os_thread_forget(ends[0]);
    cr_assert_eq(write(ends[1], "x", 1), 1);
    cr_assert_eq(calls, 0);
}

Test(os_thread, knows_how_often_it_has_waited) {
    uint64_t before = os_thread_waits();
    nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    cr_assert_gt(os_thread_waits(), before);
}
