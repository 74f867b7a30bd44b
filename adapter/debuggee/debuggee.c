/* SPDX-License-Identifier: MIT */
#include "debuggee.h"

#include "group_guard.h"
#include "host_environment.h"
#include "link.h"
#include "shared_memory.h"
#include "signals.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct debuggee {
    uv_process_t process;
    debuggee_exit_cb *on_exit;
    void *data;
    struct group_guard guard;
    bool leads_group;
    bool ended;
};

/* The descriptors a child inherits. Beyond the standard streams each keeps the number it has here,
   so that none lands on a descriptor the user handed down (`luaheat run /dev/fd/3 3<script`). */
struct inheritance {
    bool piped;                      /* the three streams are the child's alone, not our own ones */
    int streams[3];                  /* its 0, 1, 2 */
    int link, figures, bell, answer; /* -1: none */
    uv_stdio_container_t *slots;
    int count;
};

static void close_fd(int fd) {
    if (fd >= 0)
        close(fd);
}

static void inheritance_finish(struct inheritance *given) {
    for (int i = 0; i < 3 && given->piped; i++)
        close_fd(given->streams[i]);
    close_fd(given->link);
    free(given->slots);
}

/* ends[0] becomes the pipe's, ends[1] the child's. */
static int hand_out(uv_pipe_t *pipe, const int ends[2], int *child) {
    *child = ends[1];
    int error = uv_pipe_open(pipe, ends[0]);
    if (error != 0)
        close(ends[0]);
    return error;
}

/* A real pipe, not libuv's usual socket: /dev/stdout cannot be opened on a socket. */
static int open_stream(uv_pipe_t *pipe, int *child) {
    uv_file ends[2];
    int error = uv_pipe(ends, UV_NONBLOCK_PIPE, 0);
    return error != 0 ? error : hand_out(pipe, ends, child);
}

static int open_link(uv_pipe_t *pipe, int *child) {
    uv_os_sock_t ends[2];
    int error = uv_socketpair(SOCK_STREAM, 0, ends, UV_NONBLOCK_PIPE, 0);
    return error != 0 ? error : hand_out(pipe, ends, child);
}

static int open_streams(struct inheritance *given, const struct debuggee_options *options) {
    given->streams[0] = options->in_fd < 0 ? open("/dev/null", O_RDONLY | O_CLOEXEC)
                                           : fcntl(options->in_fd, F_DUPFD_CLOEXEC, 0);
    if (given->streams[0] < 0)
        return uv_translate_sys_error(errno);
    int error = open_stream(options->out, &given->streams[1]);
    return error != 0 ? error : open_stream(options->err, &given->streams[2]);
}

static void fill_slot(struct inheritance *given, int slot, int fd) {
    given->slots[slot] = (uv_stdio_container_t){.flags = UV_INHERIT_FD, .data.fd = fd};
}

static int fill_slots(struct inheritance *given) {
    const int others[] = {given->link, given->figures, given->bell, given->answer};
    const int count = sizeof others / sizeof *others;
    given->count = 3;
    for (int i = 0; i < count; i++)
        given->count = others[i] >= given->count ? others[i] + 1 : given->count;
    assert(given->count >= 3);
    given->slots = calloc((size_t)given->count, sizeof *given->slots); /* all UV_IGNORE */
    if (given->slots == NULL)
        return UV_ENOMEM;
    for (int i = 0; i < 3; i++)
        fill_slot(given, i, given->streams[i]);
    for (int i = 0; i < count; i++)
        if (others[i] >= 0)
            fill_slot(given, others[i], others[i]);
    return 0;
}

/* To be finished either way. */
static int inheritance_init(struct inheritance *given, const struct debuggee_options *options) {
    *given = (struct inheritance){.streams = {0, 1, 2},
                                  .link = -1,
                                  .figures = options->figures_fd,
                                  .bell = options->bell != NULL ? options->bell->fd : -1,
                                  .answer = options->answer != NULL ? options->answer->fd : -1};
    int error = 0;
    if (options->out != NULL) {
        given->piped = true;
        given->streams[0] = given->streams[1] = given->streams[2] = -1;
        error = open_streams(given, options);
    }
    if (error == 0 && options->link != NULL)
        error = open_link(options->link, &given->link);
    return error != 0 ? error : fill_slots(given);
}

/* ---- the child's environment and arguments ---- */

extern char **environ; /* no header has to declare it (POSIX) */

char **debuggee_own_environment(void) {
    return environ;
}

struct environment {
    char link[sizeof LINK_ENV_SOCKET + 12], figures[sizeof LINK_ENV_FIGURES + 12],
        bell[sizeof LINK_ENV_BELL + 12], answer[sizeof LINK_ENV_ANSWER + 12];
    char signals[sizeof LINK_ENV_SIGNALS "=" + SIGNALS_TEXT_BYTES];
    char *measure;
    char **list; /* NULL-terminated; the strings are borrowed */
};

static bool is_ours(const char *variable) {
    static const char *const ours[] = {LINK_ENV_SOCKET "=",  LINK_ENV_FIGURES "=",
                                       LINK_ENV_BELL "=",    LINK_ENV_MEASURE "=",
                                       LINK_ENV_SIGNALS "=", LINK_ENV_ANSWER "="};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (strncmp(variable, ours[i], strlen(ours[i])) == 0)
            return true;
    return false;
}

static size_t list_length(char *const *list) {
    size_t length = 0;
    while (list[length] != NULL)
        length++;
    return length;
}

static void environment_finish(struct environment *environment) {
    free(environment->measure);
    free(environment->list);
    *environment = (struct environment){0};
}

static char *name_signals(char variable[], size_t size) {
    char text[SIGNALS_TEXT_BYTES];
    signals_text(text);
    snprintf(variable, size, LINK_ENV_SIGNALS "=%s", text);
    return variable;
}

static bool add_measure(struct environment *environment, const char *measure, size_t count) {
    if (asprintf(&environment->measure, LINK_ENV_MEASURE "=%s", measure) < 0)
        environment->measure = NULL;
    environment->list[count] = environment->measure;
    return environment->measure != NULL;
}

/* The next of the list names the descriptor, if there is one. */
static size_t add_fd(struct environment *environment, size_t count, char *text, size_t size,
                     const char *name, int fd) {
    if (fd < 0)
        return count;
    snprintf(text, size, "%s=%d", name, fd);
    environment->list[count] = text;
    return count + 1;
}

/* Its list is NULL if memory is out. What signals there are only luaheat-lua reads. */
static void environment_init(struct environment *environment, char *const *base,
                             const struct inheritance *given, const char *measure, bool is_host) {
    size_t count = 0;
    *environment = (struct environment){0};
    environment->list = calloc(list_length(base) + 7, sizeof *environment->list);
    if (environment->list == NULL)
        return;
    for (char *const *at = base; *at != NULL; at++)
        if (!is_ours(*at))
            environment->list[count++] = *at;
    if (!is_host)
        environment->list[count++] =
            name_signals(environment->signals, sizeof environment->signals);
    count = add_fd(environment, count, environment->link, sizeof environment->link, LINK_ENV_SOCKET,
                   given->link);
    count = add_fd(environment, count, environment->figures, sizeof environment->figures,
                   LINK_ENV_FIGURES, given->figures);
    count = add_fd(environment, count, environment->bell, sizeof environment->bell, LINK_ENV_BELL,
                   given->bell);
    count = add_fd(environment, count, environment->answer, sizeof environment->answer,
                   LINK_ENV_ANSWER, given->answer);
    if (measure != NULL && !add_measure(environment, measure, count))
        environment_finish(environment);
}

static char **arguments_create(const struct interpreter *interpreter, char *const *args) {
    size_t count = list_length(args);
    const char **list = calloc(INTERPRETER_WORDS + count + 1, sizeof *list);
    if (list != NULL)
        memcpy(list + interpreter_words(interpreter, list), args, count * sizeof *list);
    return (char **)list;
}

/* ---- the process ---- */

static void exited(uv_process_t *process, int64_t exit_code, int signal) {
    struct debuggee *debuggee = process->data;
    debuggee->ended = true;
    group_guard_finish(&debuggee->guard);
    debuggee->on_exit(debuggee->data, exit_code, signal);
}

static void released(uv_handle_t *handle) {
    free(handle->data);
}

/* From here on the handle is libuv's: it must be closed even when the process could not be started.
 */
static struct debuggee *spawn(uv_loop_t *loop, const uv_process_options_t *process,
                              struct debuggee start, int *error) {
    struct debuggee *debuggee = malloc(sizeof *debuggee);
    if (debuggee == NULL) {
        *error = UV_ENOMEM;
        return NULL;
    }
    *debuggee = start;
    debuggee->process.data = debuggee;
    *error = uv_spawn(loop, &debuggee->process, process);
    if (*error != 0) {
        debuggee_destroy(debuggee);
        return NULL;
    }
    if (debuggee->leads_group) /* without one the process ends with us all the same */
        group_guard_start(&debuggee->guard, loop, debuggee->process.pid);
    return debuggee;
}

static struct debuggee *start_in(uv_loop_t *loop, const struct debuggee_options *options,
                                 char *const *env, const struct inheritance *given,
                                 struct debuggee start, int *error) {
    struct debuggee *debuggee = NULL;
    struct environment environment;
    environment_init(&environment, env, given, options->measure,
                     options->interpreter.module != NULL);
    char **args = arguments_create(&options->interpreter, options->args);
    uv_process_options_t process = {
        .exit_cb = exited,
        .file = options->interpreter.path,
        .args = args,
        .env = environment.list,
        .cwd = options->cwd,
        .flags = given->piped ? UV_PROCESS_DETACHED : 0,
        .stdio_count = given->count,
        .stdio = given->slots,
    };
    *error = UV_ENOMEM;
    if (args != NULL && environment.list != NULL)
        debuggee = spawn(loop, &process, start, error);
    free(args);
    environment_finish(&environment);
    return debuggee;
}

static struct debuggee *start_with(uv_loop_t *loop, const struct debuggee_options *options,
                                   const struct inheritance *given, struct debuggee start,
                                   int *error) {
    char *const *env = options->env != NULL ? options->env : environ;
    const char *module = options->interpreter.module;
    if (module == NULL)
        return start_in(loop, options, env, given, start, error);
    struct debuggee *debuggee = NULL;
    struct host_environment host;
    *error = host_environment_init(&host, env, module);
    if (*error == 0)
        debuggee = start_in(loop, options, host.list, given, start, error);
    host_environment_finish(&host);
    return debuggee;
}

struct debuggee *debuggee_start(uv_loop_t *loop, const struct debuggee_options *options,
                                debuggee_exit_cb *on_exit, void *data, int *error) {
    assert((options->out == NULL) == (options->err == NULL));
    struct debuggee *debuggee = NULL;
    struct inheritance given;
    *error = inheritance_init(&given, options);
    if (*error == 0)
        debuggee = start_with(
            loop, options, &given,
            (struct debuggee){
                .on_exit = on_exit, .data = data, .guard = {-1}, .leads_group = given.piped},
            error);
    inheritance_finish(&given);
    return debuggee;
}

int debuggee_pid(const struct debuggee *debuggee) {
    return debuggee->process.pid;
}

void debuggee_kill(struct debuggee *debuggee, int signal) {
    if (debuggee->ended) /* its number may be somebody else's by now */
        return;
    kill(debuggee->leads_group ? -debuggee->process.pid : debuggee->process.pid, signal);
}

void debuggee_destroy(struct debuggee *debuggee) {
    if (debuggee == NULL)
        return;
    group_guard_finish(&debuggee->guard);
    uv_close((uv_handle_t *)&debuggee->process, released);
}
