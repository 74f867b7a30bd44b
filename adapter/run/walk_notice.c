/* SPDX-License-Identifier: MIT */
#include "walk_notice.h"

#include "link.h"
#include "units.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LOOK_MS = 250, QUIET_MS = 1000 };

static uint64_t reached(const struct walk_notice *notice) {
    uint64_t objects;
    memcpy(&objects, notice->memory + LINK_ANSWER_REACHED, sizeof objects);
    return objects;
}

/* To the line's beginning, and what stands there goes. */
static void clear(struct walk_notice *notice) {
    if (notice->shown)
        fputs("\r\x1b[K", stderr);
    notice->shown = false;
    notice->since = 0;
}

static void show(struct walk_notice *notice, uint64_t objects) {
    char count[UNITS_ROOM];
    units_exact(count, objects);
    fprintf(stderr, "\rluaheat: looking at the heap: %s objects\x1b[K", count);
    notice->shown = true;
}

static void look(uv_timer_t *timer) {
    struct walk_notice *notice = timer->data;
    uint64_t objects = reached(notice), now = uv_now(timer->loop);
    if (objects == 0)
        clear(notice);
    else if (notice->since == 0)
        notice->since = now;
    else if (now - notice->since >= QUIET_MS)
        show(notice, objects);
}

int walk_notice_init(struct walk_notice *notice, uv_loop_t *loop, const char *memory) {
    *notice = (struct walk_notice){.memory = isatty(STDERR_FILENO) ? memory : NULL};
    if (notice->memory == NULL)
        return 0;
    notice->timer.data = notice;
    int error = uv_timer_init(loop, &notice->timer);
    if (error == 0) {
        uv_unref((uv_handle_t *)&notice->timer);
        uv_timer_start(&notice->timer, look, LOOK_MS, LOOK_MS);
    }
    return error;
}

void walk_notice_finish(struct walk_notice *notice) {
    if (notice->memory == NULL)
        return;
    clear(notice);
    uv_close((uv_handle_t *)&notice->timer, NULL);
}
