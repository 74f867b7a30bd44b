/* SPDX-License-Identifier: MIT */
#include "relay.h"

#include "arrivals.h"

enum { PAUSE_MS = 100 };

static void pass_on(uv_timer_t *timer) {
    struct relay *relay = timer->data;
    relay->pass(relay->data, relay->signal);
}

static void arrived(uv_poll_t *poll, int status, int events) {
    struct relay *relay = poll->data;
    struct arrival arrival;
    while (arrivals_next(relay->fd, &arrival)) {
        if (!arrival.from_process)
            continue;
        relay->signal = arrival.signal;
        uv_timer_start(&relay->timer, pass_on, PAUSE_MS, 0);
    }
}

int relay_init(struct relay *relay, uv_loop_t *loop, relay_cb *pass, void *data) {
    *relay = (struct relay){.fd = arrivals_open(), .pass = pass, .data = data};
    if (relay->fd < 0)
        return uv_translate_sys_error(-relay->fd);
    int error = uv_poll_init(loop, &relay->poll, relay->fd);
    if (error != 0) {
        arrivals_close(relay->fd);
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
    arrivals_close(relay->fd);
}

void relay_finish(struct relay *relay) {
    uv_close((uv_handle_t *)&relay->timer, NULL);
    uv_close((uv_handle_t *)&relay->poll, closed);
}
