/* SPDX-License-Identifier: MIT */
#include "relay.h"

#include <errno.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum { PAUSE_MS = 100 };

static void pass_on(uv_timer_t *timer) {
    struct relay *relay = timer->data;
    relay->pass(relay->data, relay->signal);
}

static void arrived(uv_poll_t *poll, int status, int events) {
    struct relay *relay = poll->data;
    struct signalfd_siginfo info;
    while (read(relay->fd, &info, sizeof info) == sizeof info) {
        if (info.ssi_code == SI_KERNEL)
            continue;
        relay->signal = (int)info.ssi_signo;
        uv_timer_start(&relay->timer, pass_on, PAUSE_MS, 0);
    }
}

static int open_signals(void) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGQUIT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);
    if (sigprocmask(SIG_BLOCK, &signals, NULL) != 0)
        return uv_translate_sys_error(errno);
    int fd = signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
    return fd >= 0 ? fd : uv_translate_sys_error(errno);
}

int relay_init(struct relay *relay, uv_loop_t *loop, relay_cb *pass, void *data) {
    *relay = (struct relay){.fd = open_signals(), .pass = pass, .data = data};
    if (relay->fd < 0)
        return relay->fd;
    int error = uv_poll_init(loop, &relay->poll, relay->fd);
    if (error != 0) {
        close(relay->fd);
        return error;
    }
    uv_timer_init(loop, &relay->timer);
    relay->poll.data = relay->timer.data = relay;
    uv_poll_start(&relay->poll, UV_READABLE, arrived);
    uv_unref((uv_handle_t *)&relay->poll);
    uv_unref((uv_handle_t *)&relay->timer);
    return 0;
}

static void closed(uv_handle_t *handle) {
    struct relay *relay = handle->data;
    close(relay->fd);
}

void relay_finish(struct relay *relay) {
    uv_close((uv_handle_t *)&relay->timer, NULL);
    uv_close((uv_handle_t *)&relay->poll, closed);
}
