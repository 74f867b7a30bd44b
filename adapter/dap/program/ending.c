/* SPDX-License-Identifier: MIT */
#include "ending.h"

#include "alloc.h"
#include "debuggee.h"
#include "execution.h"
#include "meeting.h"
#include "outsider.h"
#include "signals.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What a program gets to end by itself after it was asked to. */
#define FORCE_MS 1000

/* What a program gets to end whose link has. */
#define LINK_LOST_MS 500

bool ending_is_awaited(const struct program *program) {
    return (program->debuggee != NULL || program->outsider != NULL) &&
           program->state != PROGRAM_GONE;
}

static void send_signal(struct program *program, int number) {
    if (!ending_is_awaited(program))
        return;
    if (program->debuggee != NULL)
        debuggee_kill(program->debuggee, number);
    else
        outsider_kill(program->outsider, number);
}

/* Nobody is awaited any more, and who came from a terminal ends if it has not yet. */
static void let_go(struct program *program) {
    meeting_place_destroy(program->place);
    program->place = NULL;
    if (program->life >= 0)
        close(program->life);
    program->life = -1;
}

/* What the program said last may still be on its way to us: it comes before its end. */
static void take_last_words(struct program *program) {
    runtime_link_drain(&program->link);
    runtime_link_close(&program->link);
    program_take_output(program, true);
}

/* ---- it never runs ---- */

/* Without a program there is nothing the client could do but end. */
static void end_without_run(struct program *program) {
    program_enter(program, ending_is_awaited(program) ? PROGRAM_ENDING : PROGRAM_GONE);
    take_last_words(program);
    send_signal(program, SIGKILL);
    let_go(program);
    program->owner->on_failed(program->owner->data, program);
}

void ending_fail(struct program *program, enum error_id id, const char *text) {
    program_refuse(program, id, text);
    end_without_run(program);
}

void ending_fail_linked(struct program *program, enum error_id id, const char *text,
                        const char *url, const char *label) {
    client_refuse_linked(program->owner->client, &program->ticket, id, text, url, label);
    end_without_run(program);
}

/* A host may come to its Lua much later. */
static void tell_to_join(const struct program *program) {
    char *text = alloc_printed("Nothing in %s has loaded the debugger yet, so it runs on without "
                               "breakpoints. A lua5.4 that it starts loads it by itself; "
                               "where Lua is part of another program, its code must say require "
                               "\"luaheat\" (the environment has LUA_CPATH_5_4, by "
                               "which that is found)\n",
                               program->settings->host);
    program_say(program, "important", text);
    free(text);
}

void ending_give_up(struct program *program) {
    if (program->state != PROGRAM_STARTING)
        return;
    if (program->place != NULL)
        ending_fail(program, ERROR_START_FAILED,
                    "The program has not come from its terminal in time ('startTimeout'): the "
                    "terminal may show why");
    else if (program->settings->host != NULL)
        tell_to_join(program);
    else
        ending_fail(program, ERROR_NO_INTERPRETER,
                    "What was started does not answer as luaheat-lua does; 'runtimeExecutable' (or "
                    "$LUAHEAT_LUA) must name luaheat-lua of this luaheat, or be left out");
}

/* ---- it is made to end ---- */

static void on_force(uv_timer_t *timer) {
    send_signal(timer->data, SIGKILL);
}

void ending_terminate(struct program *program) {
    if (program->place != NULL)
        ending_fail(program, ERROR_START_FAILED, "The program was ended before its terminal came");
    if (!ending_is_awaited(program))
        return;
    send_signal(program, program->asked_to_end ? SIGKILL : SIGTERM);
    if (!program->asked_to_end)
        uv_timer_start(&program->force, on_force, FORCE_MS, 0);
    program->asked_to_end = true;
}

void ending_replace(struct program *program) {
    ending_terminate(program);
    program_enter(program, PROGRAM_ENDING);
    runtime_link_close(&program->link);
}

void ending_kill(struct program *program) {
    send_signal(program, SIGKILL);
    let_go(program);
    if (!(program->state & (PROGRAM_ENDING | PROGRAM_GONE)))
        program_enter(program, ending_is_awaited(program) ? PROGRAM_ENDING : PROGRAM_GONE);
    runtime_link_close(&program->link);
}

/* ---- it ends ---- */

static const char *why_never_ready(const struct program *program) {
    if (program->settings->host != NULL)
        return "The program ended before anything in it had loaded the debugger; its output may "
               "say why. Where Lua is part of a program, its code must say require \"luaheat\"";
    return "The program ended before it could be debugged; its output may say why";
}

void ending_on_exit(void *data, int64_t exit_code, int number) {
    struct program *program = data;
    uv_timer_stop(&program->force);
    uv_timer_stop(&program->link_lost);
    take_last_words(program);
    program_refuse(program, ERROR_START_FAILED, why_never_ready(program));
    program->exit.code = exit_code;
    program->exit.signal = number;
    program->exit.known = exit_code >= 0;
    program->exit.ran = !(program->state & (PROGRAM_STARTING | PROGRAM_READY));
    program_enter(program, PROGRAM_GONE);
    program->owner->on_gone(program->owner->data, program);
}

/* How, only the terminal is told; but it may have said so itself. */
void ending_on_outsider_end(void *data) {
    struct program *program = data;
    runtime_link_drain(&program->link);
    ending_on_exit(program, program->told_exit, 0);
}

/* A runtime that is there no longer cannot hold a program that stands. */
static void run_without_us(struct program *program) {
    if (program->state == PROGRAM_STOPPED) {
        program_enter(program, PROGRAM_RUNNING);
        heat_map_runs(&program->heat);
        execution_say_continued(program);
    }
    program_say(program, "important",
                "The program has closed a descriptor that it did not open, the debugger's: it runs "
                "on without breakpoints and cannot be paused\n");
}

static void on_link_lost(uv_timer_t *timer) {
    struct program *program = timer->data;
    if (program->state == PROGRAM_STARTING)
        ending_give_up(program);
    else if (program->state & (PROGRAM_RUNNING | PROGRAM_STOPPED))
        run_without_us(program);
}

void ending_on_link_end(struct program *program) {
    uv_timer_start(&program->link_lost, on_link_lost, LINK_LOST_MS, 0);
}

/* ---- its end is told ---- */

/* The user has asked for it. */
static bool is_ours(const struct program *program, int number) {
    return program->asked_to_end && (number == SIGTERM || number == SIGKILL);
}

static void say_signal(const struct program *program, int number) {
    const char *name = signals_name(number);
    char *signal = name != NULL ? alloc_printed("%s (%s)", name, strsignal(number))
                                : alloc_printed("%d", number);
    char *line = lines_last_place(program->heat.copy.figures);
    char *text = alloc_printed("The program was ended by signal %s%s%s\n", signal,
                               line != NULL ? "; last known line: " : "", line != NULL ? line : "");
    program_say(program, "console", text);
    free(text);
    free(line);
    free(signal);
}

static void say_unknown_end(const struct program *program) {
    if (!program->asked_to_end)
        program_say(program, "console",
                    "The program in the terminal has ended without an exit code that it could "
                    "tell: by a signal, or with its terminal\n");
}

void ending_tell_exit(struct program *program) {
    int number = program->exit.signal;
    heat_map_ended(&program->heat);
    if (number != 0 && !is_ours(program, number))
        say_signal(program, number);
    if (program->exit.ran)
        execution_say_thread(program, "exited");
    if (!program->exit.known) {
        say_unknown_end(program);
        return;
    }
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON_AddNumberToObject(body, "exitCode",
                            number != 0 ? 128 + number : (double)program->exit.code);
    client_event(program->owner->client, "exited", body);
}

void ending_destroy(struct program *program) {
    if (program == NULL)
        return;
    let_go(program);
    client_forget(program->owner->client, program);
    debuggee_destroy(program->debuggee);
    outsider_destroy(program->outsider);
    runtime_link_close(&program->link);
    forwarding_finish(&program->forwarding);
    wakeup_finish(&program->wakeup);
    output_finish(&program->out);
    output_finish(&program->err);
    heat_map_finish(&program->heat);
    loop_handles_close(&program->handles, &program->start);
    loop_handles_close(&program->handles, &program->force);
    loop_handles_close(&program->handles, &program->link_lost);
    launch_settings_release(program->settings);
    loop_handles_release(&program->handles, free, program);
}
