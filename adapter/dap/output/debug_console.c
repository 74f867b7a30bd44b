/* SPDX-License-Identifier: MIT */
#include "debug_console.h"

#include "alloc.h"

#include <stdlib.h>
#include <string.h>

int debug_console_init(struct debug_console *console, uv_loop_t *loop, struct client *client) {
    console->client = client;
    console->timer.data = console;
    return uv_timer_init(loop, &console->timer);
}

static void on_timer(uv_timer_t *timer) {
    debug_console_flush(timer->data);
}

static void append(struct debug_console *console, const char *text, size_t size) {
    alloc_reserve(&console->text, size + 1);
    memcpy(console->text.items + console->text.count, text, size + 1);
    console->text.count += size;
}

static bool is_ours(const char *category) {
    return strcmp(category, "console") == 0 || strcmp(category, "important") == 0;
}

void debug_console_show(struct debug_console *console, const char *category, const char *text) {
    size_t size = strlen(text);
    if (console->text.count > 0 && (console->text.count + size > DEBUG_CONSOLE_BYTES ||
                                    strcmp(console->category, category) != 0))
        debug_console_flush(console);
    if (console->text.count == 0)
        uv_timer_start(&console->timer, on_timer, DEBUG_CONSOLE_MS, 0);
    console->category = category;
    append(console, text, size);
    if (is_ours(category))
        debug_console_flush(console);
}

void debug_console_flush(struct debug_console *console) {
    if (console->text.count == 0)
        return;
    uv_timer_stop(&console->timer);
    console->text.count = 0;
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON_AddStringToObject(body, "category", console->category);
    cJSON_AddStringToObject(body, "output", console->text.items);
    client_event(console->client, "output", body);
}

void debug_console_close(struct debug_console *console) {
    uv_handle_t *timer = (uv_handle_t *)&console->timer;
    if (timer->loop != NULL && !uv_is_closing(timer))
        uv_close(timer, NULL);
}

void debug_console_finish(struct debug_console *console) {
    free(console->text.items);
}
