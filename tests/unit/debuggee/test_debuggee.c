/* SPDX-License-Identifier: MIT */
/* The shell stands in for the interpreter. */
#include "debuggee.h"
#include "shared_memory.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct stream {
    uv_pipe_t pipe;
    char text[4096];
    size_t size;
    bool ended;
};

static uv_loop_t loop;
static struct stream out, err, sock;
static struct debuggee *debuggee;
static int64_t exit_code;
static int exit_signal, exits;

static void give_room(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer) {
    struct stream *stream = handle->data;
    *buffer = uv_buf_init(stream->text + stream->size,
                          (unsigned)(sizeof stream->text - 1 - stream->size));
}

static void got(uv_stream_t *handle, ssize_t count, const uv_buf_t *buffer) {
    struct stream *stream = handle->data;
    if (count >= 0) {
        stream->size += (size_t)count;
        return;
    }
    stream->ended = true;
    uv_close((uv_handle_t *)handle, NULL);
}

static void ended(void *data, int64_t code, int signal) {
    cr_assert_eq(data, &loop);
    exits++;
    exit_code = code;
    exit_signal = signal;
}

static void open_stream(struct stream *stream) {
    uv_pipe_init(&loop, &stream->pipe, 0);
    stream->pipe.data = stream;
}

static void setup(void) {
    uv_loop_init(&loop);
    open_stream(&out);
    open_stream(&err);
    open_stream(&sock);
}

/* What has guarded the process's group closes itself. */
static void close_handle(uv_handle_t *handle, void *unused) {
    if (!uv_is_closing(handle) && uv_handle_get_type(handle) != UV_PROCESS)
        uv_close(handle, NULL);
}

static void teardown(void) {
    debuggee_destroy(debuggee);
    uv_run(&loop, UV_RUN_NOWAIT);
    uv_walk(&loop, close_handle, NULL);
    uv_run(&loop, UV_RUN_DEFAULT);
    cr_assert_eq(uv_loop_close(&loop), 0);
}

TestSuite(debuggee, .init = setup, .fini = teardown, .timeout = 20);

static void start_with(struct debuggee_options options, const char *code) {
    char *args[] = {(char *)"-c", (char *)code, NULL};
    int error = -1;
    options.interpreter.path = "/bin/bash";
    options.args = args;
    debuggee = debuggee_start(&loop, &options, ended, &loop, &error);
    cr_assert_eq(error, 0);
    cr_assert_not_null(debuggee);
    if (options.out != NULL) {
        uv_read_start((uv_stream_t *)&out.pipe, give_room, got);
        uv_read_start((uv_stream_t *)&err.pipe, give_room, got);
    }
    if (options.link != NULL)
        uv_read_start((uv_stream_t *)&sock.pipe, give_room, got);
}

static struct debuggee_options piped(void) {
    return (struct debuggee_options){
        .figures_fd = -1, .in_fd = -1, .out = &out.pipe, .err = &err.pipe};
}

static void run(const char *code) {
    start_with(piped(), code);
    while (exits == 0 || !out.ended || !err.ended)
        uv_run(&loop, UV_RUN_ONCE);
}

Test(debuggee, its_name_is_lua5_4_and_its_output_comes_through_the_pipes) {
    run("echo \"$0\"; echo oops >&2; exit 3");
    cr_assert_str_eq(out.text, "lua5.4\n");
    cr_assert_str_eq(err.text, "oops\n");
    cr_assert_eq(exits, 1);
    cr_assert_eq(exit_code, 3);
    cr_assert_eq(exit_signal, 0);
}

Test(debuggee, its_stdin_is_empty_and_its_stdout_can_be_opened_again) {
    run("cat; echo again >/dev/stdout");
    cr_assert_str_eq(out.text, "again\n");
}

Test(debuggee, tells_the_signal_that_ended_it) {
    run("kill -SEGV $$");
    cr_assert_eq(exit_signal, SIGSEGV);
}

Test(debuggee, starts_with_default_signals) {
    signal(SIGINT, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    /* libuv itself needs SIGCHLD */
    sigemptyset(&all);
    sigaddset(&all, SIGCHLD);
    sigprocmask(SIG_UNBLOCK, &all, NULL);
    run("exec grep -E '^Sig(Blk|Ign):' /proc/self/status");
    cr_assert_str_eq(out.text, "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n");
}

/* The test runner's are meant for nobody. */
static void keep_foreign_descriptors(void) {
    for (int fd = STDERR_FILENO + 1; fd < 256; fd++)
        fcntl(fd, F_SETFD, FD_CLOEXEC);
}

/* How many a shell has; the one it reads the folder with is closed when it tests them. */
#define COUNT_DESCRIPTORS                                                                          \
    "n=0; for fd in /proc/$$/fd/*; do test -e $fd && n=$((n + 1)); done; echo $n;"

Test(debuggee, has_no_descriptors_but_its_own) {
    keep_foreign_descriptors();
    run(COUNT_DESCRIPTORS);
    cr_assert_str_eq(out.text, "3\n");
}

Test(debuggee, environment_and_folder_are_those_asked_for) {
    char *env[] = {(char *)"A=1", (char *)"LUAHEAT_LINK=77", (char *)"LUAHEAT_FIGURES=78", NULL};
    struct debuggee_options options = piped();
    options.env = env;
    options.cwd = "/usr";
    start_with(options, "pwd; echo \"$A $LUAHEAT_LINK$LUAHEAT_FIGURES$HOME\"");
    while (exits == 0 || !out.ended)
        uv_run(&loop, UV_RUN_ONCE);
    cr_assert_str_eq(out.text, "/usr\n1 \n");
}

Test(debuggee, the_link_and_the_figures_have_the_numbers_it_is_told) {
    struct shared_memory figures;
    keep_foreign_descriptors();
    cr_assert_eq(shared_memory_init(&figures, "figures", 4096, false), 0);
    struct debuggee_options options = piped();
    options.link = &sock.pipe;
    options.figures_fd = figures.fd;
    start_with(options,
               COUNT_DESCRIPTORS "eval \"printf hello >&$LUAHEAT_FIGURES\";"
                                 "eval \"echo ready >&$LUAHEAT_LINK; read answer <&$LUAHEAT_LINK\";"
                                 "echo \"$answer\"");
    while (strchr(sock.text, '\n') == NULL)
        uv_run(&loop, UV_RUN_ONCE);
    uv_buf_t answer = uv_buf_init((char *)"go on\n", 6);
    cr_assert_eq(uv_try_write((uv_stream_t *)&sock.pipe, &answer, 1), 6);
    while (exits == 0 || !out.ended || !sock.ended)
        uv_run(&loop, UV_RUN_ONCE);
    cr_assert_str_eq(sock.text, "ready\n");
    cr_assert_str_eq(out.text, "5\ngo on\n");
    cr_assert_eq(memcmp(figures.address, "hello", 5), 0);
    shared_memory_finish(&figures);
}

static void kill_when_it_has_spoken(int signal) {
    while (out.size == 0)
        uv_run(&loop, UV_RUN_ONCE);
    debuggee_kill(debuggee, signal);
    while (exits == 0)
        uv_run(&loop, UV_RUN_ONCE);
}

/* The sleeping grandchild holds the pipe's other end: it ends only if the whole group does. */
Test(debuggee, kill_ends_its_whole_group) {
    start_with(piped(), "sleep 1000 & echo started; wait");
    kill_when_it_has_spoken(SIGKILL);
    cr_assert_eq(exit_signal, SIGKILL);
    while (!out.ended)
        uv_run(&loop, UV_RUN_ONCE);
    debuggee_kill(debuggee, SIGKILL);
}

Test(debuggee, without_pipes_it_stays_in_our_group_and_is_killed_alone) {
    char code[80]; /* the group is the fifth field */
    snprintf(code, sizeof code, "set -- $(cat /proc/$$/stat); test $5 = %d && kill -TERM $$",
             (int)getpgrp());
    start_with((struct debuggee_options){.figures_fd = -1}, code);
    while (exits == 0)
        uv_run(&loop, UV_RUN_ONCE);
    cr_assert_eq(exit_signal, SIGTERM);
}

static void expect_no_start(const char *interpreter, const char *cwd, int expected) {
    char *args[] = {NULL};
    struct debuggee_options options = piped();
    int error = 0;
    options.link = &sock.pipe;
    options.interpreter.path = interpreter;
    options.cwd = cwd;
    options.args = args;
    debuggee = debuggee_start(&loop, &options, ended, &loop, &error);
    cr_assert_null(debuggee);
    cr_assert_eq(error, expected);
}

Test(debuggee, a_missing_interpreter_is_an_error) {
    expect_no_start("/no/such/interpreter", NULL, UV_ENOENT);
}

Test(debuggee, a_missing_folder_is_an_error) {
    expect_no_start("/bin/sh", "/no/such/folder", UV_ENOENT);
}

Test(debuggee, a_file_that_cannot_be_executed_is_an_error) {
    expect_no_start("/etc/passwd", NULL, UV_EACCES);
}
