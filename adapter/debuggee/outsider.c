/* SPDX-License-Identifier: MIT */
#include "outsider.h"

#include "process_handle.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

/* Between two looks, where the system does not tell of the end. */
enum { LOOK_MS = 100 };

struct outsider {
    int pid;
    int handle; /* -1: the system has none */
    uv_poll_t poll;
    uv_timer_t timer;
    uv_handle_t *watch; /* one of both */
    outsider_end_function *on_end;
    void *data;
    bool ended;
};

static void end(struct outsider *outsider) {
    outsider->ended = true;
    if (outsider->handle >= 0)
        uv_poll_stop(&outsider->poll);
    else
        uv_timer_stop(&outsider->timer);
    outsider->on_end(outsider->data);
}

static void on_readable(uv_poll_t *poll, int status, int events) {
    end(poll->data);
}

static void on_look(uv_timer_t *timer) {
    struct outsider *outsider = timer->data;
    if (kill(outsider->pid, 0) != 0 && errno == ESRCH)
        end(outsider);
}

static int watch(struct outsider *outsider, uv_loop_t *loop) {
    if (outsider->handle < 0) {
        outsider->watch = (uv_handle_t *)&outsider->timer;
        uv_timer_init(loop, &outsider->timer);
        return uv_timer_start(&outsider->timer, on_look, LOOK_MS, LOOK_MS);
    }
    int error = uv_poll_init(loop, &outsider->poll, outsider->handle);
    if (error == 0)
        outsider->watch = (uv_handle_t *)&outsider->poll;
    return error != 0 ? error : uv_poll_start(&outsider->poll, UV_READABLE, on_readable);
}

struct outsider *outsider_create(uv_loop_t *loop, int pid, outsider_end_function *on_end,
                                 void *data, int *error) {
    struct outsider *outsider = malloc(sizeof *outsider);
    *error = UV_ENOMEM;
    if (outsider == NULL)
        return NULL;
    *outsider = (struct outsider){
        .pid = pid, .handle = process_handle_open(pid), .on_end = on_end, .data = data};
    outsider->poll.data = outsider->timer.data = outsider;
    *error = outsider->handle == -ESRCH ? UV_ESRCH : watch(outsider, loop);
    if (*error == 0)
        return outsider;
    outsider_destroy(outsider);
    return NULL;
}

/* While it is there, or has not been waited for, its number is that of no other group either. */
void outsider_kill(struct outsider *outsider, int signal) {
    if (outsider->ended)
        return;
    if (getpgid(outsider->pid) == outsider->pid)
        kill(-outsider->pid, signal);
    else if (outsider->handle >= 0)
        process_handle_signal(outsider->handle, signal);
    else
        kill(outsider->pid, signal);
}

static void released(uv_handle_t *handle) {
    free(handle->data);
}

void outsider_destroy(struct outsider *outsider) {
    if (outsider == NULL)
        return;
    uv_handle_t *watch = outsider->watch;
    if (watch != NULL)
        uv_close(watch, released);
    if (outsider->handle >= 0)
        close(outsider->handle);
    if (watch == NULL)
        free(outsider);
}
