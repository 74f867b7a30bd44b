/* SPDX-License-Identifier: MIT */
#include "ending.h"

#include "alloc.h"
#include "debuggee.h"
#include "execution.h"
#include "requests.h"
#include "session.h"
#include "signal_name.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* What a program gets to end by itself after `terminate`. */
#define FORCE_MS 1000

/* What a program gets to end whose link has. */
#define DEAF_MS 500

/* What a client gets to read our last words. */
#define DEADLINE_MS 700

static void on_signal(uv_signal_t *handle, int number) {
    ending_close(handle->data);
}

/* Without us the program would be an orphan, so a signal that ends us ends the session first. */
static int watch_signals(struct ending *ending, struct session *session) {
    static const int numbers[] = {SIGTERM, SIGINT, SIGHUP};
    int status = 0;
    for (int i = 0; i < 3 && status == 0; i++) {
        ending->signals[i].data = session;
        status = uv_signal_init(&session->loop, &ending->signals[i]);
        if (status == 0)
            status = uv_signal_start(&ending->signals[i], on_signal, numbers[i]);
    }
    return status;
}

int ending_init(struct ending *ending, struct session *session) {
    uv_timer_init(&session->loop, &ending->force);
    uv_timer_init(&session->loop, &ending->deadline);
    uv_timer_init(&session->loop, &ending->deaf);
    ending->force.data = ending->deadline.data = ending->deaf.data = session;
    return watch_signals(ending, session);
}

static void send_thread_event(struct session *session, const char *reason) {
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON_AddStringToObject(body, "reason", reason);
    cJSON_AddNumberToObject(body, "threadId", 1);
    client_event(&session->client, "thread", body);
}

void ending_thread_started(struct session *session) {
    session->ending.thread_started = true;
    send_thread_event(session, "started");
}

static void report_terminated(struct session *session) {
    session->ending.reported = true;
    session->state = STATE_ENDED;
    client_event(&session->client, "terminated", NULL);
}

/* The user has asked for it. */
static bool is_ours(const struct ending *ending, int number) {
    return ending->terminating && (number == SIGTERM || number == SIGKILL);
}

static void say_signal(struct session *session, int number) {
    const char *name = signal_name(number);
    char *signal = name != NULL ? alloc_printed("%s (%s)", name, strsignal(number))
                                : alloc_printed("%d", number);
    char *line = lines_last_place(session->memory.map.figures);
    char *text = alloc_printed("The program was ended by signal %s%s%s\n", signal,
                               line != NULL ? "; last known line: " : "", line != NULL ? line : "");
    session_show_output(session, "console", text);
    free(text);
    free(line);
    free(signal);
}

static void report_exit(struct session *session, int64_t exit_code, int number) {
    memory_ended(&session->memory);
    if (number != 0 && !is_ours(&session->ending, number))
        say_signal(session, number);
    if (session->ending.thread_started)
        send_thread_event(session, "exited");
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON_AddNumberToObject(body, "exitCode", number != 0 ? 128 + number : (double)exit_code);
    client_event(&session->client, "exited", body);
    report_terminated(session);
}

/* What the program said last may still be on its way to us: it comes before its end. */
static void take_last_words(struct session *session) {
    runtime_link_drain(&session->link);
    runtime_link_close(&session->link);
    session_take_output(session, true);
}

/* Only this program's end, not the session's. */
static void make_way(struct session *session) {
    take_last_words(session);
    if (session->ending.thread_started)
        send_thread_event(session, "exited");
    session->ending.thread_started = session->ending.terminating = false;
    restart_process_exited(session);
}

void ending_process_exited(void *data, int64_t exit_code, int number) {
    struct session *session = data;
    session->ending.process_runs = false;
    uv_timer_stop(&session->ending.force);
    uv_timer_stop(&session->ending.deaf);
    if (!session->ending.closing && session->restart.pending) {
        make_way(session);
    } else if (!session->ending.closing && !session->ending.reported) {
        take_last_words(session);
        launch_refuse(session, ERROR_START_FAILED,
                      session->launch.settings.interpreter == NULL
                          ? "The program ended before it could be debugged; its output may say why"
                          : "The program ended before it could be debugged; its output may say "
                            "why, or 'runtimeExecutable' is no luaheat-lua");
        report_exit(session, exit_code, number);
    }
    ending_continue(session);
}

static void on_deaf(uv_timer_t *timer) {
    struct session *session = timer->data;
    if (!session->ending.process_runs || session->ending.closing || session->restart.pending)
        return;
    if (session->launch.pending) {
        launch_give_up(session);
        return;
    }
    if (session->state == STATE_STOPPED) {
        session->state = STATE_RUNNING;
        memory_runs(&session->memory);
        execution_say_continued(session);
    }
    session_show_output(session, "important",
                        "The program has closed a descriptor that it did not open, the debugger's: "
                        "it runs on without breakpoints and cannot be paused\n");
}

void ending_link_ended(void *data) {
    struct session *session = data;
    uv_timer_start(&session->ending.deaf, on_deaf, DEAF_MS, 0);
}

static void kill_program(struct session *session, int number) {
    if (session->ending.process_runs)
        debuggee_kill(session->debuggee, number);
}

void ending_without_run(struct session *session) {
    take_last_words(session);
    kill_program(session, SIGKILL);
    report_terminated(session);
}

/* The program's process is its debuggee's; what has guarded it has been let go and ends by itself.
 */
static void close_handle(uv_handle_t *handle, void *unused) {
    if (!uv_is_closing(handle) && uv_handle_get_type(handle) != UV_PROCESS)
        uv_close(handle, NULL);
}

static void close_all(struct session *session) {
    runtime_link_close(&session->link);
    debuggee_destroy(session->debuggee);
    session->debuggee = NULL;
    uv_walk(&session->loop, close_handle, NULL);
}

static void on_deadline(uv_timer_t *timer) {
    close_all(timer->data);
}

void ending_close(struct session *session) {
    if (session->ending.closing)
        return;
    session->ending.closing = true;
    client_mute(&session->client);
    stream_stop_reading(&session->stream);
    kill_program(session, SIGKILL);
    uv_timer_start(&session->ending.deadline, on_deadline, DEADLINE_MS, 0);
    ending_continue(session);
}

void ending_continue(struct session *session) {
    const struct ending *ending = &session->ending;
    if (ending->closing && !ending->process_runs && stream_queued(&session->stream) == 0)
        close_all(session);
}

static void on_force(uv_timer_t *timer) {
    kill_program(timer->data, SIGKILL);
}

void ending_terminate(struct session *session) {
    struct ending *ending = &session->ending;
    if (!ending->process_runs)
        return;
    kill_program(session, ending->terminating ? SIGKILL : SIGTERM);
    if (!ending->terminating)
        uv_timer_start(&ending->force, on_force, FORCE_MS, 0);
    ending->terminating = true;
}

static void terminate(struct session *session, struct request *request) {
    client_respond(&session->client, &request->ticket, NULL);
    restart_give_up(session);
    ending_terminate(session);
}

/* terminateDebuggee is not offered: a program that we launched cannot outlive us, because its
   streams and its link end with us. */
static void disconnect(struct session *session, struct request *request) {
    arguments_flag(&request->arguments, "terminateDebuggee", true);
    if (request->arguments.problem != NULL)
        return;
    launch_refuse(session, ERROR_PROGRAM_ENDED, "The client has disconnected");
    runtime_link_close(&session->link); /* what is under way gets its answer before we go */
    client_respond(&session->client, &request->ticket, NULL);
    ending_close(session);
}

const struct request_entry ending_requests[] = {
    {"terminate", STATE_INITIALIZED, terminate, {"supportsTerminateRequest"}},
    {"disconnect", STATE_ANY, disconnect, {NULL}},
    {NULL},
};
