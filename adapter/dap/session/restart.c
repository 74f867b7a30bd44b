/* SPDX-License-Identifier: MIT */
#include "restart.h"

#include "execution.h"
#include "requests.h"
#include "session.h"

int restart_init(struct restart *restart, struct session *session) {
    restart->timer.data = session;
    return uv_timer_init(&session->loop, &restart->timer);
}

static void drop_settings(struct restart *restart) {
    if (restart->has_news)
        launch_settings_finish(&restart->settings);
    restart->has_news = false;
}

void restart_finish(struct restart *restart) {
    drop_settings(restart);
}

void restart_give_up(struct session *session) {
    if (!session->restart.pending)
        return;
    session->restart.pending = false;
    launch_refuse(session, ERROR_PROGRAM_ENDED, "The session was ended during the restart");
}

static void on_handles_closed(uv_timer_t *timer) {
    struct session *session = timer->data;
    struct restart *restart = &session->restart;
    if (session->ending.closing)
        return;
    if (restart->has_news) {
        launch_settings_finish(&session->launch.settings);
        session->launch.settings = restart->settings;
        restart->has_news = false;
    }
    launch_again(session);
}

/* The new program needs the old one's handles, which are free after this turn of the loop. Timers
   run in the next one, because the end of a process is found while the loop polls. */
void restart_process_exited(struct session *session) {
    session->restart.pending = false;
    uv_timer_start(&session->restart.timer, on_handles_closed, 0, 0);
}

/* Without `arguments` it is launched as before. */
static void read_settings(struct session *session, struct arguments *arguments) {
    struct restart *restart = &session->restart;
    const cJSON *news = arguments_object(arguments, "arguments");
    if (news == NULL || news->child == NULL)
        return;
    struct arguments of_launch = arguments_of(news);
    launch_settings_read(&restart->settings, &of_launch);
    restart->has_news = of_launch.problem == NULL;
    if (of_launch.problem != NULL) {
        arguments->error = ERROR_BAD_CONFIGURATION;
        arguments_reject(arguments, "In 'arguments': %s", of_launch.problem);
    }
    arguments_finish(&of_launch);
}

static void restart_program(struct session *session, struct request *request) {
    read_settings(session, &request->arguments);
    if (request->arguments.problem != NULL)
        return;
    if (session->state == STATE_STOPPED)
        execution_say_continued(session);
    session->restart.pending = true;
    session->state = STATE_CONFIGURING;
    session->launch.pending = true;
    session->launch.ready = false;
    session->last_thread = 0;
    session->launch.ticket = request->ticket;
    ending_terminate(session);
    runtime_link_close(&session->link);
}

const struct request_entry restart_requests[] = {
    {"restart", STATE_RUNNING | STATE_STOPPED, restart_program, {"supportsRestartRequest"}},
    {NULL},
};
