/* SPDX-License-Identifier: MIT */
#include "session.h"

#include "admission.h"
#include "attaching.h"
#include "children.h"
#include "ending.h"
#include "execution.h"
#include "replay.h"
#include "starting.h"

#include <assert.h>
#include <signal.h>

/* What a client gets to read our last words. */
#define DEADLINE_MS 700

/* ---- its programs ---- */

static void on_heard(void *data, struct program *program) {
    const struct session *session = data;
    replay_to(&session->configuration, program);
}

static void begin(struct session *session) {
    if (session->program->settings->attach != NULL)
        attaching_begin(session->program, false);
    else
        starting_begin(session->program);
}

static void run_if_complete(struct session *session) {
    struct program *program = session->program;
    if (program != NULL && program->state == PROGRAM_READY && session->configuration.complete)
        execution_run(program);
}

static void tell_terminated(struct session *session) {
    session->phase = SESSION_ENDED;
    client_event(&session->client, "terminated", NULL);
}

static void on_ready(void *data, struct program *program) {
    struct session *session = data;
    if (program_is_silent(program))
        replay_foretell(&session->configuration, &session->client);
    run_if_complete(data);
}

static void on_failed(void *data, struct program *program) {
    tell_terminated(data);
}

static void on_predecessor_gone(struct session *session) {
    execution_say_thread(session->predecessor, "exited");
    ending_destroy(session->predecessor);
    session->predecessor = NULL;
    begin(session);
}

/* Another comes in its place as soon as there is one. */
static void attach_again(struct session *session) {
    static const struct client_ticket nobody = {0, NULL};
    struct program *old = session->program;
    session->program =
        starting_create(&session->owner, launch_settings_share(old->settings), &nobody, old);
    if (old->exit.stood)
        execution_say_continued(old);
    if (old->exit.ran)
        execution_say_thread(old, "exited");
    ending_destroy(old);
    attaching_begin(session->program, true);
}

static void say_farewell(struct session *session) {
    client_respond(&session->client, &session->farewell, NULL);
    session_close(session);
}

static void close_when_over(struct session *session);

static void on_gone(void *data, struct program *program) {
    struct session *session = data;
    if (session->phase != SESSION_CLOSING && session->farewell.command != NULL) {
        say_farewell(session);
        return;
    }
    if (session->phase == SESSION_CLOSING) {
        close_when_over(session);
    } else if (program == session->predecessor) {
        on_predecessor_gone(session);
    } else if (session->phase == SESSION_OPEN && attaching_is_wanted_again(program)) {
        attach_again(session);
    } else if (session->phase != SESSION_ENDED) {
        ending_tell_exit(program);
        tell_terminated(session);
    }
}

static void on_kept(void *data, struct program *program, const struct runtime_reply *reply) {
    struct session *session = data;
    forwarding_refuse(&session->client, &session->farewell, reply);
    session->farewell = (struct client_ticket){0};
}

void session_launch(struct session *session, struct launch_settings *settings,
                    const struct client_ticket *ticket) {
    assert(session->program == NULL);
    children_expect(&session->children, &session->owner, settings);
    session->program = starting_create(&session->owner, settings, ticket, NULL);
    begin(session);
}

void session_configured(struct session *session) {
    session->configuration.complete = true;
    run_if_complete(session);
}

void session_restart(struct session *session, struct launch_settings *settings,
                     const struct client_ticket *ticket) {
    struct program *old = session->program;
    if (settings == NULL)
        settings = launch_settings_share(old->settings);
    children_expect(&session->children, &session->owner, settings);
    if (old->state == PROGRAM_STOPPED)
        execution_say_continued(old);
    session->predecessor = old;
    session->program = starting_create(&session->owner, settings, ticket, old);
    ending_replace(old);
}

/* The old one is the last, then, and its end the session's. */
static void give_up_restart(struct session *session) {
    program_refuse(session->program, ERROR_PROGRAM_ENDED,
                   "The session was ended during the restart");
    ending_destroy(session->program);
    session->program = session->predecessor;
    session->predecessor = NULL;
}

void session_terminate(struct session *session) {
    if (session->predecessor != NULL)
        give_up_restart(session);
    if (session->program != NULL)
        ending_terminate(session->program);
}

enum session_state session_state(const struct session *session) {
    const struct program *program = session->program;
    if (session->phase == SESSION_NEW)
        return STATE_NEW;
    if (session->phase == SESSION_ENDED)
        return STATE_ENDED;
    if (program != NULL && program->state == PROGRAM_RUNNING)
        return STATE_RUNNING;
    return program != NULL && program->state == PROGRAM_STOPPED ? STATE_STOPPED : STATE_CONFIGURING;
}

/* ---- who it is with ---- */

static void on_not_admitted(uv_timer_t *timer) {
    struct session *session = timer->data;
    log_remark(session->log, LOG_DAP, "the client has not been let in and is given up");
    session_close(session);
}

bool session_is_admitted(const struct session *session) {
    return session->admission == NULL || session->admission->passed;
}

void session_initialized(struct session *session) {
    session->phase = SESSION_OPEN;
    if (session_is_admitted(session))
        client_event(&session->client, "initialized", NULL);
}

void session_admit(struct session *session) {
    uv_timer_stop(&session->deadline);
    if (session->phase == SESSION_OPEN)
        client_event(&session->client, "initialized", NULL);
}

/* ---- its end ---- */

static bool is_awaited(const struct program *program) {
    return program != NULL && ending_is_awaited(program);
}

static void close_handle(void *of_any_kind) {
    uv_handle_t *handle = of_any_kind;
    if (handle->loop != NULL && !uv_is_closing(handle))
        uv_close(handle, NULL);
}

static void close_all(struct session *session) {
    ending_destroy(session->program);
    ending_destroy(session->predecessor);
    session->program = session->predecessor = NULL;
    children_destroy(session->children);
    session->children = NULL;
    stream_close(&session->stream);
    debug_console_close(&session->console);
    close_handle(&session->deadline);
    for (int i = 0; i < 3; i++)
        close_handle(&session->signals[i]);
}

static void on_deadline(uv_timer_t *timer) {
    close_all(timer->data);
}

static void close_when_over(struct session *session) {
    if (!is_awaited(session->program) && !is_awaited(session->predecessor) &&
        stream_queued(&session->stream) == 0)
        close_all(session);
}

void session_suspend(struct session *session, const struct client_ticket *ticket) {
    session->farewell = *ticket;
    ending_suspend(session->program);
}

void session_disconnect(struct session *session, const struct client_ticket *ticket,
                        bool terminate_attached) {
    struct program *program = session->program;
    session->farewell = *ticket;
    if (program != NULL)
        program_refuse(program, ERROR_PROGRAM_ENDED, "The client has disconnected");
    if (program == NULL || program->settings->attach == NULL || !ending_can_detach(program)) {
        if (program != NULL)
            runtime_link_close(&program->link);
        say_farewell(session);
        return;
    }
    if (terminate_attached)
        ending_terminate(program);
    ending_detach(program);
}

void session_close(struct session *session) {
    if (session->phase == SESSION_CLOSING)
        return;
    session->phase = SESSION_CLOSING;
    client_mute(&session->client);
    stream_stop_reading(&session->stream);
    if (session->predecessor != NULL)
        ending_kill(session->predecessor);
    if (session->program != NULL)
        ending_kill(session->program);
    uv_timer_start(&session->deadline, on_deadline, DEADLINE_MS, 0);
    close_when_over(session);
}

void session_drained(struct session *session) {
    if (session->predecessor != NULL)
        program_resume_output(session->predecessor);
    if (session->program != NULL)
        program_resume_output(session->program);
    if (session->phase == SESSION_CLOSING)
        close_when_over(session);
}

/* ---- itself ---- */

static void on_signal(uv_signal_t *handle, int number) {
    session_close(handle->data);
}

/* Without us the program would be an orphan, so a signal that ends us ends the session first. */
static int watch_signals(struct session *session) {
    static const int numbers[] = {SIGTERM, SIGINT, SIGHUP};
    int status = 0;
    for (int i = 0; i < 3 && status == 0; i++) {
        session->signals[i].data = session;
        status = uv_signal_init(&session->loop, &session->signals[i]);
        if (status == 0)
            status = uv_signal_start(&session->signals[i], on_signal, numbers[i]);
    }
    return status;
}

int session_init(struct session *session, struct log *log, struct admission *admission) {
    session->log = log;
    session->admission = admission;
    session->owner = (struct program_owner){
        &session->loop, log,      &session->client, &session->console, session,
        on_heard,       on_ready, on_failed,        on_gone,           on_kept,
    };
    session->deadline.data = session;
    uv_timer_init(&session->loop, &session->deadline);
    if (!session_is_admitted(session))
        uv_timer_start(&session->deadline, on_not_admitted, ADMISSION_MS, 0);
    int status = debug_console_init(&session->console, &session->loop, &session->client);
    return status != 0 ? status : watch_signals(session);
}

void session_finish(struct session *session) {
    stream_finish(&session->stream);
    framing_finish(&session->framing);
    client_finish(&session->client);
    debug_console_finish(&session->console);
    configuration_finish(&session->configuration);
    int busy = uv_loop_close(&session->loop);
    assert(busy == 0);
    (void)busy;
}
