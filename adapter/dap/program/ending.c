/* SPDX-License-Identifier: MIT */
#include "ending.h"

#include "alloc.h"
#include "approach.h"
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

/* What a program gets to answer that it is let go; it is, however that ends. */
#define DETACH_MS 500

/* What a program gets to end whose link has. */
#define LINK_LOST_MS 500
#define LOOK_MS 20

static bool is_attached(const struct program *program) {
    return program->settings->attach != NULL;
}

bool ending_is_awaited(const struct program *program) {
    bool is_let_go = is_attached(program) && program->state == PROGRAM_ENDING;
    return (program->debuggee != NULL || program->outsider != NULL || is_let_go) &&
           program->state != PROGRAM_GONE;
}

static void send_signal(struct program *program, int number) {
    if (program->state == PROGRAM_GONE)
        return;
    if (program->debuggee != NULL)
        debuggee_kill(program->debuggee, number);
    else if (program->outsider != NULL)
        outsider_kill(program->outsider, number);
}

/* Nobody is awaited any more, and who came from a terminal ends if it has not yet. */
static void let_go(struct program *program) {
    approach_destroy(program->attached.approach);
    program->attached.approach = NULL;
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

/* ---- it was attached to ---- */

static void be_gone(struct program *program) {
    program->exit.stood = program->state == PROGRAM_STOPPED;
    program->exit.ran = !(program->state & (PROGRAM_STARTING | PROGRAM_READY));
    program_enter(program, PROGRAM_GONE);
    uv_timer_stop(&program->start);
    uv_timer_stop(&program->force);
    uv_timer_stop(&program->link_lost);
    let_go(program);
    take_last_words(program);
    program->owner->on_gone(program->owner->data, program);
}

/* How, only its parent is told; but it may have said so itself. */
static void have_ended(struct program *program) {
    program->exit.code = program->told_exit;
    program->exit.known = program->told_exit >= 0;
    be_gone(program);
}

static void on_detached(void *data, struct runtime_reply *reply) {
    struct program *program = data;
    if (program->state == PROGRAM_ENDING)
        be_gone(program);
}

static void on_no_answer(uv_timer_t *timer) {
    be_gone(timer->data);
}

bool ending_can_detach(const struct program *program) {
    return program->link.open && !program_is_silent(program) &&
           program->state & (PROGRAM_RUNNING | PROGRAM_STOPPED);
}

void ending_detach(struct program *program) {
    if (program->state & (PROGRAM_ENDING | PROGRAM_GONE))
        return;
    if (!ending_can_detach(program)) {
        be_gone(program);
        return;
    }
    program_enter(program, PROGRAM_ENDING);
    uv_timer_start(&program->force, on_no_answer, DETACH_MS, 0);
    runtime_link_send(&program->link, "detach", NULL, on_detached, program);
}

static void on_suspended(void *data, struct runtime_reply *reply) {
    struct program *program = data;
    if (reply->ended || program->state & (PROGRAM_ENDING | PROGRAM_GONE))
        return;
    uv_timer_stop(&program->force);
    if (reply->success)
        be_gone(program);
    else
        program->owner->on_kept(program->owner->data, program, reply);
}

void ending_suspend(struct program *program) {
    cJSON *arguments = alloc_checked(cJSON_CreateObject());
    cJSON_AddTrueToObject(arguments, "suspend");
    uv_timer_start(&program->force, on_no_answer, DETACH_MS, 0);
    runtime_link_send(&program->link, "detach", arguments, on_suspended, program);
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

void ending_turned_away(struct program *program, const char *problem) {
    if (program->state == PROGRAM_STARTING) {
        ending_fail(program, ERROR_CANNOT_ATTACH, problem);
        return;
    }
    char *line = alloc_printed("%s\n", problem);
    program_say(program, "important", line);
    free(line);
    program->attached.turned_away = true;
    be_gone(program);
}

/* ---- it is made to end ---- */

static void on_force(uv_timer_t *timer) {
    send_signal(timer->data, SIGKILL);
}

/* It is not ours to kill. */
static void ask_to_end(struct program *program) {
    if (program->state & (PROGRAM_STARTING | PROGRAM_READY))
        ending_fail(program, ERROR_PROGRAM_ENDED, "The session was ended before it was attached");
    else if (program->link.open && program->pid > 0)
        kill(program->pid, SIGTERM);
    program->asked_to_end = true;
}

void ending_terminate(struct program *program) {
    if (is_attached(program)) {
        ask_to_end(program);
        return;
    }
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
    if (is_attached(program)) {
        ending_detach(program);
        return;
    }
    ending_terminate(program);
    program_enter(program, PROGRAM_ENDING);
    runtime_link_close(&program->link);
}

void ending_kill(struct program *program) {
    if (is_attached(program)) {
        ending_detach(program);
        return;
    }
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

/* Its process may need a moment to be gone. */
static void on_attached_lost(uv_timer_t *timer) {
    struct program *program = timer->data;
    struct glance glance = program->pid > 0 ? glance_at(program->pid, 0) : (struct glance){0};
    bool is_there = glance.known && !glance.has_ended;
    if (is_there && uv_now(timer->loop) - program->attached.lost_at < LINK_LOST_MS)
        return;
    program_say(program, "console",
                is_there ? "The program has closed its door: it runs on without the debugger\n"
                         : "The program has ended\n");
    if (is_there)
        be_gone(program);
    else
        have_ended(program);
}

/* Before it has run for us: that is worth another attempt only if it was there before. */
static void lose_attached(struct program *program) {
    bool again = program->ticket.command == NULL;
    if (program->state & (PROGRAM_ENDING | PROGRAM_GONE))
        return;
    if (program->state & (PROGRAM_STARTING | PROGRAM_READY) && !again) {
        ending_fail(program, ERROR_CANNOT_ATTACH,
                    "The program has closed the connection: it has ended, or has closed its door");
        return;
    }
    program->attached.lost_at = uv_now(program->handles.loop);
    uv_timer_start(&program->link_lost, on_attached_lost, 0, LOOK_MS);
}

void ending_on_link_end(struct program *program) {
    if (is_attached(program)) {
        lose_attached(program);
        return;
    }
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
        if (!is_attached(program))
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
    free(program->attached.name);
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
