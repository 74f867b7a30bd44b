/* SPDX-License-Identifier: MIT */
#include "group_guard.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* A word from us lets it go; the end of the line without one is our own. */
static char script[] = "read -r word || kill -9 \"-$0\"";

static void released(uv_handle_t *process) {
    free(process);
}

static void exited(uv_process_t *process, int64_t exit_code, int signal) {
    uv_close((uv_handle_t *)process, released);
}

/* In a session of its own: a signal to us and all that is ours does not reach it. */
static int spawn(uv_loop_t *loop, int group, int line) {
    char number[16];
    snprintf(number, sizeof number, "%d", group);
    char *args[] = {(char *)"sh", (char *)"-c", script, number, NULL};
    uv_stdio_container_t input = {.flags = UV_INHERIT_FD, .data.fd = line};
    const uv_process_options_t options = {.exit_cb = exited,
                                          .file = "/bin/sh",
                                          .args = args,
                                          .cwd = "/",
                                          .flags = UV_PROCESS_DETACHED,
                                          .stdio_count = 1,
                                          .stdio = &input};
    uv_process_t *process = malloc(sizeof *process);
    if (process == NULL)
        return UV_ENOMEM;
    int error = uv_spawn(loop, process, &options);
    if (error != 0)
        uv_close((uv_handle_t *)process, released);
    return error;
}

int group_guard_start(struct group_guard *guard, uv_loop_t *loop, int group) {
    uv_file ends[2];
    guard->line = -1;
    int error = uv_pipe(ends, 0, 0);
    if (error != 0)
        return error;
    error = spawn(loop, group, ends[0]);
    close(ends[0]);
    if (error == 0)
        guard->line = ends[1];
    else
        close(ends[1]);
    return error;
}

void group_guard_finish(struct group_guard *guard) {
    if (guard->line < 0)
        return;
    while (write(guard->line, "\n", 1) < 0 && errno == EINTR)
        ;
    close(guard->line);
    guard->line = -1;
}
