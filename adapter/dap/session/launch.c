/* SPDX-License-Identifier: MIT */
#include "launch.h"

#include "alloc.h"
#include "breakpoints.h"
#include "debuggee.h"
#include "file_url.h"
#include "measurements.h"
#include "requests.h"
#include "runtime_events.h"
#include "session.h"
#include "text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

void launch_refuse(struct session *session, enum error_id id, const char *text) {
    if (!session->launch.pending)
        return;
    session->launch.pending = false;
    client_refuse(&session->client, &session->launch.ticket, id, NULL, text);
}

/* Then the user hears of it. */
enum { SLOW_START_MS = 5000 };

/* Without a program there is nothing the client could do but end. */
static void fail(struct session *session, enum error_id id, const char *text) {
    launch_refuse(session, id, text);
    ending_without_run(session);
}

int launch_init(struct launch *launch, struct session *session) {
    launch->timer.data = session;
    return uv_timer_init(&session->loop, &launch->timer);
}

void launch_give_up(struct session *session) {
    if (session->launch.pending && !session->launch.ready && session->ending.process_runs)
        fail(session, ERROR_NO_INTERPRETER,
             "What was started does not answer as luaheat-lua does; 'runtimeExecutable' (or "
             "$LUAHEAT_LUA) must name luaheat-lua of this luaheat, or be left out");
}

/* First the user hears of it. */
static void on_timer(uv_timer_t *timer) {
    struct session *session = timer->data;
    struct launch *launch = &session->launch;
    uint64_t timeout = launch->settings.start_timeout;
    if (!launch->pending || launch->ready)
        return;
    if (launch->warned || timeout <= SLOW_START_MS) {
        launch_give_up(session);
        return;
    }
    launch->warned = true;
    session_show_output(session, "console",
                        "Waiting for luaheat-lua, which has not answered yet ('startTimeout')\n");
    uv_timer_start(timer, on_timer, timeout - SLOW_START_MS, 0);
}

static void watch_start(struct session *session) {
    struct launch *launch = &session->launch;
    uint64_t timeout = launch->settings.start_timeout;
    launch->warned = false;
    uv_timer_start(&launch->timer, on_timer, timeout < SLOW_START_MS ? timeout : SLOW_START_MS, 0);
}

/* It is worth a word that there are no figures, not the session. */
static int start_memory(struct session *session) {
    int status = memory_start(&session->memory);
    if (status != -EFBIG)
        return status;
    session->launch.settings.memory = false;
    session_show_output(session, "important",
                        "Memory is not measured: the limit for the size of files (ulimit -f) is "
                        "below what the figures need, 1 GiB is enough\n");
    return 0;
}

static int prepare_streams(struct session *session) {
    uv_loop_t *loop = &session->loop;
    int status =
        runtime_link_init(&session->link, loop, session->log, runtime_events_handle, session);
    session->link.watcher =
        (struct runtime_link_watcher){summons_begin, summons_sent, ending_link_ended, session};
    if (status == 0)
        status = output_init(&session->out, loop, "stdout", session_show_output, session);
    if (status == 0)
        status = output_init(&session->err, loop, "stderr", session_show_output, session);
    if (status == 0 && session->launch.settings.memory)
        status = start_memory(session);
    return status;
}

static int start_program(struct session *session, const char *interpreter) {
    const struct launch_settings *settings = &session->launch.settings;
    int status = prepare_streams(session);
    if (status != 0)
        return status;
    struct debuggee_options options = {
        .interpreter = {interpreter, settings->library},
        .cwd = settings->cwd,
        .env = settings->env,
        .args = settings->args,
        .figures_fd = settings->memory ? session->memory.shared.fd : -1,
        .bell = summons_bell(&session->summons),
        .link = &session->link.pipe,
        .out = &session->out.pipe,
        .err = &session->err.pipe,
    };
    session->debuggee =
        debuggee_start(&session->loop, &options, ending_process_exited, session, &status);
    if (session->debuggee == NULL)
        return status;
    session->ending.process_runs = true;
    watch_start(session);
    runtime_link_start(&session->link);
    output_start(&session->out);
    output_start(&session->err);
    measurements_send(session);
    if (!settings->no_debug)
        breakpoints_send_all(session);
    exceptions_send(session);
    memory_breakpoints_send(session);
    return 0;
}

/* The absolute path as text: a link may lead to a name that is no UTF-8. */
static char *shown_path(const char *path) {
    char *real = realpath(path, NULL);
    const char *found = real != NULL ? real : path;
    char *text = alloc_checked(text_escape(found, strlen(found)));
    free(real);
    return text;
}

static void start(struct session *session) {
    char *interpreter = session->launch.settings.interpreter != NULL
                            ? alloc_text(session->launch.settings.interpreter)
                            : debuggee_find_interpreter();
    if (interpreter == NULL) {
        fail(session, ERROR_NO_INTERPRETER,
             "Cannot find luaheat-lua, which runs the program; it belongs beside luaheat, or "
             "$LUAHEAT_LUA must name it");
        return;
    }
    int status = start_program(session, interpreter);
    if (status != 0) {
        char *path = shown_path(interpreter);
        char *text = alloc_printed("Cannot start %s: %s", path, uv_strerror(status));
        fail(session, ERROR_START_FAILED, text);
        free(text);
        free(path);
    }
    free(interpreter);
}

void launch_again(struct session *session) {
    debuggee_destroy(session->debuggee);
    session->debuggee = NULL;
    memory_forget(&session->memory);
    start(session);
}

static void send_process_event(struct session *session) {
    char *name = shown_path(session->launch.settings.program);
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON_AddStringToObject(body, "name", name);
    cJSON_AddNumberToObject(body, "systemProcessId", debuggee_pid(session->debuggee));
    cJSON_AddTrueToObject(body, "isLocalProcess");
    cJSON_AddStringToObject(body, "startMethod", "launch");
    cJSON_AddNumberToObject(body, "pointerSize", 8 * sizeof(void *));
    client_event(&session->client, "process", body);
    free(name);
}

/* The runtime does nothing before it is told to, so the events come before whatever the program
 * does. */
static void run(struct session *session) {
    const struct launch_settings *settings = &session->launch.settings;
    session->launch.pending = false;
    session->state = STATE_RUNNING;
    client_respond(&session->client, &session->launch.ticket, NULL);
    send_process_event(session);
    ending_thread_started(session);
    if (settings->terminal)
        session_show_output(session, "console",
                            "There is no terminal for the program yet ('console'): its output "
                            "appears here, and its standard input is empty\n");
    cJSON *arguments = alloc_checked(cJSON_CreateObject());
    cJSON_AddBoolToObject(arguments, "stopOnEntry", settings->stop_on_entry && !settings->no_debug);
    if (settings->no_debug)
        cJSON_AddTrueToObject(arguments, "noDebug");
    if (session->features.ansi)
        cJSON_AddTrueToObject(arguments, "ansi");
    runtime_link_send(&session->link, "configurationDone", arguments, NULL, NULL);
    memory_runs(&session->memory);
}

static void run_if_complete(struct session *session) {
    const struct launch *launch = &session->launch;
    if (launch->pending && launch->ready && launch->configured)
        run(session);
}

/* With the way to the line, if it is one of the program. */
static void fail_to_load(struct session *session, const char *problem, const cJSON *line) {
    struct launch *launch = &session->launch;
    if (cJSON_IsNumber(line)) {
        char *url = alloc_checked(file_url(launch->settings.program, line->valueint));
        char *label = alloc_printed("Go to line %d", line->valueint);
        launch->pending = false;
        client_refuse_linked(&session->client, &launch->ticket, ERROR_PROGRAM_UNLOADABLE, problem,
                             url, label);
        free(label);
        free(url);
    }
    fail(session, ERROR_PROGRAM_UNLOADABLE, problem);
}

void launch_ready(struct session *session, const cJSON *body) {
    if (!session->launch.pending || session->launch.ready)
        return;
    const cJSON *problem = cJSON_GetObjectItemCaseSensitive(body, "problem");
    if (cJSON_IsString(problem)) {
        fail_to_load(session, problem->valuestring, cJSON_GetObjectItemCaseSensitive(body, "line"));
        return;
    }
    session->launch.ready = true;
    run_if_complete(session);
}

void launch_finish(struct launch *launch) {
    launch_settings_finish(&launch->settings);
}

static void launch_program(struct session *session, struct request *request) {
    struct launch *launch = &session->launch;
    if (launch->started) {
        client_refuse(&session->client, &request->ticket, ERROR_WRONG_STATE, NULL,
                      "The program has already been launched");
        return;
    }
    request->arguments.error = ERROR_BAD_CONFIGURATION;
    launch_settings_read(&launch->settings, &request->arguments);
    if (request->arguments.problem != NULL)
        return;
    launch->started = launch->pending = true;
    launch->ticket = request->ticket;
    start(session);
}

/* Also legal when the launch has failed meanwhile: editors send both at once. */
static void configuration_done(struct session *session, struct request *request) {
    client_respond(&session->client, &request->ticket, NULL);
    session->launch.configured = true;
    run_if_complete(session);
}

/* ANSI: what the program prints keeps its colours. */
const struct request_entry launch_requests[] = {
    {"launch", STATE_CONFIGURING, launch_program, {"supportsANSIStyling"}},
    {"configurationDone",
     STATE_CONFIGURING | STATE_ENDED,
     configuration_done,
     {"supportsConfigurationDoneRequest"}},
    {NULL},
};
