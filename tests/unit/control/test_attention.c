/* SPDX-License-Identifier: MIT */
#include "attention.h"
#include "events.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <lauxlib.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

struct program {
    struct debugger debugger;
    struct bell bell;
    lua_State *L;
    pthread_t thread;
    int attended;
};

static pthread_barrier_t barrier;

static void on_attention(void *data) {
    struct program *program = data;
    program->attended++;
}

static void open_program(struct program *program) {
    const struct debugger_listener listener = {.data = program, .on_attention = on_attention};
    cr_assert_eq(debugger_init(&program->debugger, NULL, &listener), 0);
    program->L = account_new_state(&program->debugger.account);
    cr_assert_eq(events_attach(&program->debugger, program->L), 0);
    cr_assert_eq(attention_watch(&program->debugger, &program->bell, -1), 0);
    program->debugger.attention = 0;
}

static void close_program(struct program *program) {
    attention_end(&program->debugger);
    lua_close(program->L);
    debugger_finish(&program->debugger);
}

static void *live(void *data) {
    struct program *program = data;
    open_program(program);
    pthread_barrier_wait(&barrier);
    pthread_barrier_wait(&barrier); /* the signal has been sent meanwhile */
    cr_assert_eq(luaL_dostring(program->L, "for i = 1, 10 do end"), LUA_OK);
    pthread_barrier_wait(&barrier);
    close_program(program);
    return NULL;
}

static struct program first, second;

Test(attention, is_that_of_the_state_at_home_where_the_signal_comes) {
    pthread_barrier_init(&barrier, NULL, 3);
    pthread_create(&first.thread, NULL, live, &first);
    pthread_create(&second.thread, NULL, live, &second);
    pthread_barrier_wait(&barrier);
    pthread_kill(second.thread, LINK_SIGNAL);
    while (atomic_load(&second.bell.called) == 0)
        usleep(1000);
    pthread_barrier_wait(&barrier);
    pthread_barrier_wait(&barrier);
    pthread_join(first.thread, NULL);
    pthread_join(second.thread, NULL);
    cr_assert_eq(second.attended, 1);
    cr_assert_neq(first.bell.thread, second.bell.thread);
}

static volatile sig_atomic_t hosts;

static void count(int number) {
    (void)number;
    hosts++;
}

Test(attention, a_handler_of_the_programs_is_called_and_put_back) {
    signal(LINK_SIGNAL, count);
    open_program(&first);
    open_program(&second);
    raise(LINK_SIGNAL);
    cr_assert_eq(hosts, 1);
    close_program(&first);
    raise(LINK_SIGNAL);
    cr_assert_eq(hosts, 2);
    cr_assert_eq(second.bell.called, 2);
    close_program(&second);
    cr_assert_eq(signal(LINK_SIGNAL, SIG_DFL), count);
}

static void (*ours)(int, siginfo_t *, void *);

static void chain(int number, siginfo_t *info, void *context) {
    hosts++;
    ours(number, info, context);
}

Test(attention, a_handler_that_came_later_may_call_ours_whenever_it_wants) {
    struct sigaction mine = {.sa_sigaction = chain, .sa_flags = SA_SIGINFO}, before;
    open_program(&first);
    sigaction(LINK_SIGNAL, &mine, &before);
    ours = before.sa_sigaction;
    close_program(&first); /* leaves that one where it is, */
    open_program(&second); /* and stands in front of it now */
    raise(LINK_SIGNAL);
    cr_assert_eq(hosts, 1);
    cr_assert_geq(second.bell.called, 1);
    close_program(&second);
    sigaction(LINK_SIGNAL, NULL, &before);
    cr_assert_eq(before.sa_sigaction, chain);
    raise(LINK_SIGNAL);
    cr_assert_eq(hosts, 2);
}

static volatile sig_atomic_t arrived;

static void on_arrival(void *data) {
    cr_assert_eq(data, &hosts);
    arrived++;
}

Test(attention, what_arrives_at_a_descriptor_calls_the_thread_that_listens) {
    int ends[2];
    char byte;
    cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    int error = attention_listen(ends[0], on_arrival, (void *)&hosts);
    if (error == -ENOSYS)
        cr_skip_test("this OS calls nobody");
    cr_assert_eq(error, 0);
    cr_assert_eq(write(ends[1], "x", 1), 1);
    cr_assert_geq(arrived, 1);
    cr_assert_eq(read(ends[0], &byte, 1), 1);
    int before = arrived;
    close(ends[1]);
    cr_assert_gt(arrived, before, "so does its end");
    attention_unlisten(ends[0], (void *)&hosts);
    close(ends[0]);
}

Test(attention, the_end_of_life_is_told) {
    int ends[2];
    cr_assert_eq(pipe(ends), 0);
    open_program(&first);
    cr_assert_eq(attention_watch(&second.debugger, NULL, -1), 0, "any number may attend");
    attention_end(&second.debugger);
    attention_end(&first.debugger);
    cr_assert_eq(attention_watch(&first.debugger, &first.bell, ends[0]), 0);
    close(ends[1]);
    if (first.bell.thread == 0)
        cr_skip_test("this OS calls nobody");
    cr_assert_geq(first.bell.called, 1);
    cr_assert_eq(luaL_dostring(first.L, "for i = 1, 10 do end"), LUA_OK);
    cr_assert_geq(first.attended, 1);
    close_program(&first);
}
