/* SPDX-License-Identifier: MIT */
#include "starting.h"

#include "alloc.h"
#include "debuggee.h"
#include "ending.h"
#include "execution.h"
#include "runtime_events.h"
#include "terminal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Then the user hears of it. */
enum { SLOW_START_MS = 5000 };

/* ---- its parts ---- */

/* One that is attached to runs while it is configured. */
static void on_begin(void *data) {
    struct program *program = data;
    bool is_let_go = program->state == PROGRAM_ENDING && program->link.open;
    bool is_configured = program->state == PROGRAM_READY && program->settings->attach != NULL;
    if (program->state == PROGRAM_RUNNING || is_let_go || is_configured)
        wakeup_watch(&program->wakeup, program->pid);
}

static void on_sent(void *data) {
    struct program *program = data;
    wakeup_ring(&program->wakeup);
}

static void on_link_end(void *data) {
    ending_on_link_end(data);
}

static void init_timer(struct program *program, uv_timer_t *timer) {
    timer->data = program;
    uv_timer_init(program->handles.loop, timer);
}

struct program *starting_create(const struct program_owner *owner, struct launch_settings *settings,
                                const struct client_ticket *ticket, const struct program *before) {
    struct program *program = alloc_zeroed(1, sizeof *program);
    struct loop_handles *handles = &program->handles;
    program->owner = owner;
    program->state = PROGRAM_STARTING;
    program->settings = settings;
    program->ticket = *ticket;
    program->life = program->told_exit = -1;
    handles->loop = owner->loop;
    init_timer(program, &program->start);
    init_timer(program, &program->force);
    init_timer(program, &program->link_lost);
    forwarding_init(&program->forwarding, handles, owner->client, &program->link, &program->heat);
    wakeup_init(&program->wakeup, handles, &program->link, owner->console);
    heat_map_init(&program->heat, handles, owner->client, before != NULL ? &before->heat : NULL);
    if (before != NULL)
        program->forwarding.last_progress = before->forwarding.last_progress;
    return program;
}

/* It is worth a word that there are no figures, not the session. */
static int start_heat(struct program *program) {
    int status = heat_map_start(&program->heat);
    if (status != -EFBIG)
        return status;
    program->settings->memory = false;
    program_say(program, "important",
                "Memory is not measured: the limit for the size of files (ulimit -f) is below what "
                "the figures need, 1 GiB is enough\n");
    return 0;
}

int starting_prepare_link(struct program *program) {
    int status = runtime_link_init(&program->link, &program->handles, program->owner->log,
                                   runtime_events_handle, program);
    program->link.watcher = (struct runtime_link_watcher){on_begin, on_sent, on_link_end, program};
    if (status == 0 && program->settings->memory)
        status = start_heat(program);
    return status;
}

static int prepare_streams(struct program *program) {
    struct loop_handles *handles = &program->handles;
    int status = starting_prepare_link(program);
    if (status == 0)
        status = output_init(&program->out, handles, "stdout", program_print, program);
    if (status == 0)
        status = output_init(&program->err, handles, "stderr", program_print, program);
    return status;
}

/* ---- its process ---- */

static int start_process(struct program *program, const struct interpreter *interpreter,
                         int in_fd) {
    const struct launch_settings *settings = program->settings;
    int status;
    struct debuggee_options options = {
        .interpreter = *interpreter,
        .cwd = settings->cwd,
        .env = settings->env,
        .args = settings->args,
        .figures_fd = settings->memory ? program->heat.shared.fd : -1,
        .in_fd = in_fd,
        .bell = wakeup_make_bell(&program->wakeup),
        .link = &program->link.pipe,
        .out = &program->out.pipe,
        .err = &program->err.pipe,
    };
    program->debuggee =
        debuggee_start(program->owner->loop, &options, ending_on_exit, program, &status);
    program->pid = program->debuggee != NULL ? debuggee_pid(program->debuggee) : 0;
    return status;
}

static void fail_to_start(struct program *program, const char *interpreter, int status) {
    char *path = program_shown_path(interpreter);
    char *text = alloc_printed("Cannot start %s: %s", path, uv_strerror(status));
    ending_fail(program, ERROR_START_FAILED, text);
    free(text);
    free(path);
}

static void fail_without_input(struct program *program, int error) {
    char *text = alloc_printed("Cannot open 'stdin' for the program: %s", strerror(-error));
    ending_fail(program, ERROR_START_FAILED, text);
    free(text);
}

static void start_here(struct program *program, const struct interpreter *interpreter) {
    int in_fd = standard_input_open(&program->settings->input);
    if (in_fd < 0) {
        fail_without_input(program, in_fd);
        return;
    }
    int status = start_process(program, interpreter, in_fd);
    close(in_fd);
    if (status != 0) {
        fail_to_start(program, interpreter->path, status);
        return;
    }
    runtime_link_start(&program->link);
    output_start(&program->out);
    output_start(&program->err);
    if (program->settings->host != NULL)
        execution_announce(program);
    else
        program->owner->on_heard(program->owner->data, program);
}

static void start(struct program *program, const struct interpreter *interpreter) {
    bool in_terminal = terminal_is_wanted(program);
    int status = prepare_streams(program);
    if (status == 0 && in_terminal)
        status = terminal_begin(program, interpreter);
    if (status != 0)
        fail_to_start(program, interpreter->path, status);
    else if (!in_terminal)
        start_here(program, interpreter);
}

/* ---- while it is slow ---- */

static void on_very_slow(uv_timer_t *timer) {
    ending_give_up(timer->data);
}

/* First the user hears of it. */
static void on_slow(uv_timer_t *timer) {
    struct program *program = timer->data;
    if (program->state != PROGRAM_STARTING)
        return;
    program_say(program, "console",
                program->place != NULL
                    ? "Waiting for the program to come from its terminal ('startTimeout')\n"
                : program->settings->host == NULL
                    ? "Waiting for luaheat-lua, which has not answered yet ('startTimeout')\n"
                    : "Waiting for Lua code that loads the debugger ('startTimeout')\n");
    uv_timer_start(timer, on_very_slow, program->settings->start_timeout - SLOW_START_MS, 0);
}

static void watch_start(struct program *program) {
    uint64_t timeout = program->settings->start_timeout;
    if (timeout <= SLOW_START_MS)
        uv_timer_start(&program->start, on_very_slow, timeout, 0);
    else
        uv_timer_start(&program->start, on_slow, SLOW_START_MS, 0);
}

/* What is to run; its path is NULL if it cannot be found. To be freed with free_interpreter(). */
static struct interpreter find_interpreter(const struct launch_settings *settings) {
    const char *chosen = settings->interpreter;
    return (struct interpreter){
        .path = chosen != NULL ? alloc_text(chosen) : interpreter_find(),
        .library = settings->library,
        .module = settings->host != NULL ? interpreter_find_module() : NULL,
        .name = settings->host,
    };
}

static void free_interpreter(const struct interpreter *interpreter) {
    free((char *)interpreter->path);
    free((char *)interpreter->module);
}

static void find_and_start(struct program *program, const struct interpreter *interpreter) {
    bool is_host = program->settings->host != NULL;
    if (interpreter->path == NULL || (is_host && interpreter->module == NULL)) {
        ending_fail(program, ERROR_NO_INTERPRETER,
                    is_host
                        ? "Cannot find luaheat.so, by which a program that is not luaheat-lua is "
                          "debugged; it belongs to luaheat, as ../lib/lua/5.4/luaheat.so beside it"
                        : "Cannot find luaheat-lua, which runs the program; it belongs beside "
                          "luaheat, or $LUAHEAT_LUA must name it");
        return;
    }
    start(program, interpreter);
}

void starting_begin(struct program *program) {
    const struct interpreter interpreter = find_interpreter(program->settings);
    find_and_start(program, &interpreter);
    free_interpreter(&interpreter);
    if (program->state == PROGRAM_STARTING)
        watch_start(program);
}
