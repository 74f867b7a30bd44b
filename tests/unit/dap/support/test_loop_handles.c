/* SPDX-License-Identifier: MIT */
#include "loop_handles.h"

#include <criterion/criterion.h>

static uv_loop_t loop;
static int told; /* how often that all are closed */

static void on_closed(void *owner) {
    cr_assert_eq(owner, &loop);
    told++;
}

static void start(void) {
    uv_loop_init(&loop);
    told = 0;
}

static void finish(void) {
    uv_run(&loop, UV_RUN_DEFAULT);
    cr_assert_eq(uv_loop_close(&loop), 0, "none is left open");
}

TestSuite(loop_handles, .init = start, .fini = finish);

Test(loop_handles, the_owner_is_told_when_the_last_is_closed) {
    struct loop_handles handles = {.loop = &loop};
    uv_timer_t timer;
    uv_pipe_t pipe;
    uv_timer_init(&loop, &timer);
    uv_pipe_init(&loop, &pipe, 0);
    loop_handles_close(&handles, &timer);
    loop_handles_close(&handles, &pipe);
    loop_handles_release(&handles, on_closed, &loop);
    cr_assert_eq(told, 0);
    uv_run(&loop, UV_RUN_DEFAULT);
    cr_assert_eq(told, 1);
}

/* A part that ends by itself closes its handles long before the owner is done. */
Test(loop_handles, what_was_closed_before_is_not_waited_for) {
    struct loop_handles handles = {.loop = &loop};
    uv_timer_t early, late;
    uv_timer_init(&loop, &early);
    uv_timer_init(&loop, &late);
    loop_handles_close(&handles, &early);
    uv_run(&loop, UV_RUN_DEFAULT);
    loop_handles_close(&handles, &early);
    loop_handles_close(&handles, &late);
    loop_handles_close(&handles, &late);
    loop_handles_release(&handles, on_closed, &loop);
    uv_run(&loop, UV_RUN_DEFAULT);
    cr_assert_eq(told, 1);
}

Test(loop_handles, without_any_the_owner_is_told_at_once) {
    struct loop_handles handles = {.loop = &loop};
    uv_timer_t never_made = {0};
    loop_handles_close(&handles, &never_made);
    loop_handles_release(&handles, on_closed, &loop);
    cr_assert_eq(told, 1);
}
