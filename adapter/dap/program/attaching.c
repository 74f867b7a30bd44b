/* SPDX-License-Identifier: MIT */
#include "attaching.h"

#include "alloc.h"
#include "approach.h"
#include "attach_settings.h"
#include "door_list.h"
#include "ending.h"
#include "meeting.h"
#include "starting.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What a program that runs Lua code needs to say that its runtime is there, many times over. */
enum { MOMENT_MS = 300 };

static void fail(struct program *program, const char *what, int status) {
    char *text = alloc_printed("%s: %s", what, uv_strerror(status));
    ending_fail(program, ERROR_CANNOT_ATTACH, text);
    free(text);
}

/* ---- it is waited for ---- */

struct attaching_id {
    char text[40];
};

static struct attaching_id progress_id(const struct program *program) {
    struct attaching_id id;
    snprintf(id.text, sizeof id.text, "luaheat-attach-%d", program->attached.progress);
    return id;
}

static void send_progress(struct program *program, const char *event, const char *message) {
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON_AddStringToObject(body, "progressId", progress_id(program).text);
    if (strcmp(event, "progressStart") == 0) {
        cJSON_AddStringToObject(body, "title", "Attaching");
        cJSON_AddTrueToObject(body, "cancellable");
        if (program->ticket.command != NULL)
            cJSON_AddNumberToObject(body, "requestId", (double)program->ticket.seq);
    }
    if (message != NULL)
        cJSON_AddStringToObject(body, "message", message);
    client_event(program->owner->client, event, body);
}

static void say_reason(const struct program *program, const char *reason) {
    char *line = alloc_printed("Waiting: %s\n", reason);
    program_say(program, "console", line);
    free(line);
}

static void on_wait_is_long(uv_timer_t *timer) {
    struct program *program = timer->data;
    const char *reason = approach_reason(program->attached.approach);
    program->attached.progress = ++program->forwarding.last_progress;
    if (program->owner->client->features.progress)
        send_progress(program, "progressStart", reason);
    else
        say_reason(program, reason);
}

static void on_waiting(void *data, const char *reason) {
    struct program *program = data;
    if (program->attached.progress == 0)
        return;
    if (program->owner->client->features.progress)
        send_progress(program, "progressUpdate", reason);
    else
        say_reason(program, reason);
}

static void end_wait(struct program *program) {
    uv_timer_stop(&program->start);
    if (program->attached.progress != 0 && program->owner->client->features.progress)
        send_progress(program, "progressEnd", NULL);
    program->attached.progress = 0;
    approach_destroy(program->attached.approach);
    program->attached.approach = NULL;
}

static void on_failed(void *data, const char *text) {
    struct program *program = data;
    end_wait(program);
    ending_fail(program, ERROR_CANNOT_ATTACH, text);
}

void attaching_cancel(struct program *program, int64_t seq, const char *progress) {
    bool is_meant = (program->ticket.command != NULL && program->ticket.seq == seq) ||
                    (program->attached.progress != 0 && progress != NULL &&
                     strcmp(progress_id(program).text, progress) == 0);
    if (!is_meant || program->attached.approach == NULL || program->state != PROGRAM_STARTING)
        return;
    end_wait(program);
    ending_fail(program, ERROR_CANCELLED, "Attaching was cancelled");
}

/* ---- it is there ---- */

/* Nobody runs Lua code there now: that is no reason to keep the user waiting. */
static void on_silence(uv_timer_t *timer) {
    struct program *program = timer->data;
    if (program->state != PROGRAM_STARTING)
        return;
    program_say(program, "console",
                "The program is not running Lua code now: breakpoints and pausing take effect when "
                "it does\n");
    program_enter(program, PROGRAM_READY);
    program->owner->on_ready(program->owner->data, program);
}

static char *name_of(const struct program *program, const struct door *door) {
    const struct attach_settings *wanted = program->settings->attach;
    if (door != NULL)
        return alloc_text(door->name[0] != '\0' ? door->name : door->program);
    return program_shown_path(wanted->listen != NULL ? wanted->listen : wanted->socket);
}

static void note(struct program *program, const struct approach_met *met) {
    struct attach_settings *settings = program->settings->attach;
    program->attached.name = name_of(program, met->door);
    program->pid = met->pid;
    if (met->door != NULL)
        attach_settings_remember(settings, met->door);
    if (met->others == NULL)
        return;
    char *text = alloc_printed("This is the first of several doors of process %d; 'socket' or "
                               "'doorName' names another: %s\n",
                               met->door->pid, met->others);
    program_say(program, "console", text);
    free(text);
}

static int greet(struct program *program, int fd) {
    const struct shared_memory *bell = wakeup_make_bell(&program->wakeup);
    const struct greeting greeting = {bell != NULL ? bell->fd : -1,
                                      program->heat.on ? program->heat.shared.fd : -1,
                                      program->settings->stacks};
    int status = uv_pipe_open(&program->link.pipe, fd);
    if (status != 0) {
        close(fd);
        return status;
    }
    status = meeting_greet(fd, &greeting, &program->life);
    return status != 0 ? uv_translate_sys_error(-status) : 0;
}

static void on_met(void *data, const struct approach_met *met) {
    struct program *program = data;
    end_wait(program);
    note(program, met);
    int status = greet(program, met->fd);
    if (status != 0) {
        fail(program, "The program has gone while it was attached to", status);
        return;
    }
    runtime_link_start(&program->link);
    uv_timer_start(&program->start, on_silence, MOMENT_MS, 0);
}

/* At a stop the runtime waits for us. */
static bool is_idle(const void *data) {
    const struct program *program = data;
    return program->state == PROGRAM_RUNNING && wakeup_is_waiting(&program->wakeup, program->pid);
}

static const struct approach_events events = {on_met, on_failed, on_waiting};

void attaching_begin(struct program *program, bool again) {
    assert(program->settings->attach != NULL);
    int status = starting_prepare_link(program);
    if (status != 0) {
        fail(program, "Cannot attach", status);
        return;
    }
    program->forwarding.is_idle = is_idle;
    program->forwarding.idle_data = program;
    uv_timer_start(&program->start, on_wait_is_long, FORWARDING_PROGRESS_MS, 0);
    program->attached.approach = approach_create(program->owner->loop, &events, program);
    approach_start(program->attached.approach, program->settings->attach, again);
}

bool attaching_is_wanted_again(const struct program *program) {
    const struct attach_settings *settings = program->settings->attach;
    return settings != NULL && settings->restart && !program->attached.turned_away &&
           !program->asked_to_end;
}
