/* SPDX-License-Identifier: MIT */
#include "console.h"

#include "alloc.h"

#include <stdlib.h>
#include <string.h>

int console_init(struct console *console, uv_loop_t *loop, struct client *client) {
    console->client = client;
    console->timer.data = console;
    return uv_timer_init(loop, &console->timer);
}

static void on_timer(uv_timer_t *timer) {
    console_flush(timer->data);
}

static void append(struct console *console, const char *text, size_t size) {
    if (console->size + size >= console->capacity) {
        console->capacity = (console->size + size) * 2 + 1;
        console->text = alloc_resized(console->text, console->capacity);
    }
    memcpy(console->text + console->size, text, size + 1);
    console->size += size;
}

static bool is_ours(const char *category) {
    return strcmp(category, "console") == 0 || strcmp(category, "important") == 0;
}

void console_show(struct console *console, const char *category, const char *text) {
    size_t size = strlen(text);
    if (console->size > 0 &&
        (console->size + size > CONSOLE_BYTES || strcmp(console->category, category) != 0))
        console_flush(console);
    if (console->size == 0)
        uv_timer_start(&console->timer, on_timer, CONSOLE_MS, 0);
    console->category = category;
    append(console, text, size);
    if (is_ours(category))
        console_flush(console);
}

void console_flush(struct console *console) {
    if (console->size == 0)
        return;
    uv_timer_stop(&console->timer);
    console->size = 0;
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON_AddStringToObject(body, "category", console->category);
    cJSON_AddStringToObject(body, "output", console->text);
    client_event(console->client, "output", body);
}

void console_close(struct console *console) {
    uv_handle_t *timer = (uv_handle_t *)&console->timer;
    if (timer->loop != NULL && !uv_is_closing(timer))
        uv_close(timer, NULL);
}

void console_finish(struct console *console) {
    free(console->text);
}
