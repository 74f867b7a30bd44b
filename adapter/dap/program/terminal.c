/* SPDX-License-Identifier: MIT */
#include "terminal.h"

#include "alloc.h"
#include "ending.h"
#include "environment_variables.h"
#include "host_environment.h"
#include "link.h"
#include "meeting.h"
#include "outsider.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool terminal_is_wanted(const struct program *program) {
    return program->settings->console != CONSOLE_INTERNAL &&
           program->owner->client->features.terminals;
}

/* ---- what the client is asked ---- */

static void add_title(cJSON *request, const char *program) {
    const char *slash = strrchr(program, '/');
    char *path = program_shown_path(slash != NULL ? slash + 1 : program);
    const char *name = strrchr(path, '/');
    char *title = alloc_printed("Lua: %s", name != NULL ? name + 1 : path);
    cJSON_AddStringToObject(request, "title", title);
    free(title);
    free(path);
}

static void add_folder(cJSON *request, const char *chosen) {
    char own[PATH_MAX];
    size_t size = sizeof own;
    if (chosen == NULL && uv_cwd(own, &size) == 0)
        chosen = own;
    char *path = program_shown_path(chosen != NULL ? chosen : "/");
    cJSON_AddStringToObject(request, "cwd", path);
    free(path);
}

static void add_arguments(cJSON *request, const struct launch_settings *settings,
                          const struct interpreter *interpreter) {
    cJSON *args = cJSON_AddArrayToObject(request, "args");
    cJSON_AddItemToArray(args, cJSON_CreateString(interpreter->path));
    if (interpreter->library != NULL && interpreter->module == NULL) {
        cJSON_AddItemToArray(args, cJSON_CreateString(LINK_LUA));
        cJSON_AddItemToArray(args, cJSON_CreateString(interpreter->library));
    }
    for (char *const *at = settings->args; *at != NULL; at++)
        cJSON_AddItemToArray(args, cJSON_CreateString(*at));
}

static void add_variable(cJSON *env, const char *name, const char *value) {
    cJSON_DeleteItemFromObjectCaseSensitive(env, name);
    cJSON_AddStringToObject(env, name, value);
}

/* By which a host finds our module. */
static void add_host_variables(cJSON *env, char *const *base, const char *module) {
    struct host_environment host;
    if (host_environment_init(&host, base, module) != 0)
        alloc_checked(NULL);
    for (size_t i = 0; i < HOST_ENVIRONMENT_VARIABLES && host.added[i] != NULL; i++) {
        char *name = alloc_text(host.added[i]), *value = strchr(name, '=');
        *value++ = '\0';
        add_variable(env, name, value);
        free(name);
    }
    host_environment_finish(&host);
}

/* The rest of its environment is the terminal's. But what tunes the runtime may have been set for
   us. */
static void add_variables(cJSON *request, const struct program *program,
                          const struct interpreter *interpreter) {
    const struct launch_settings *settings = program->settings;
    const char *sampling = environment_variables_get(settings->env, LINK_ENV_SAMPLING);
    cJSON *env = alloc_checked(cJSON_Duplicate(settings->variables, true));
    if (interpreter->module != NULL)
        add_host_variables(env, settings->env, interpreter->module);
    if (sampling != NULL)
        add_variable(env, LINK_ENV_SAMPLING, sampling);
    add_variable(env, LINK_ENV_CONNECT, meeting_place_path(program->place));
    cJSON_AddItemToObject(request, "env", env);
}

static cJSON *describe(const struct program *program, const struct interpreter *interpreter) {
    const struct launch_settings *settings = program->settings;
    bool external = settings->console == CONSOLE_EXTERNAL;
    cJSON *request = alloc_checked(cJSON_CreateObject());
    cJSON_AddStringToObject(request, "kind", external ? "external" : "integrated");
    add_title(request, settings->program != NULL ? settings->program : interpreter->path);
    add_folder(request, settings->cwd);
    add_arguments(request, settings, interpreter);
    add_variables(request, program, interpreter);
    return request;
}

/* The process that it names may be the terminal's, a shell's or none: ours tells its own. */
static void on_reply(void *data, const struct client_reply *reply) {
    struct program *program = data;
    if (reply->success || program->state != PROGRAM_STARTING)
        return;
    char *text = alloc_printed("The editor has not opened a terminal for the program (%s); with "
                               "\"console\": \"internalConsole\" it needs none",
                               reply->message);
    ending_fail(program, ERROR_START_FAILED, text);
    free(text);
}

/* ---- it comes ---- */

static int greet(struct program *program, int fd) {
    const struct shared_memory *bell = &program->wakeup.bell;
    const struct greeting greeting = {
        .bell = bell->address != NULL ? bell->fd : -1,
        .figures = program->settings->memory ? program->heat.shared.fd : -1,
    };
    return meeting_greet(fd, &greeting, &program->life);
}

/* 0 or UV_E...; UV_ESRCH: this system does not tell its number, or it is that of another container.
 */
static int watch(struct program *program, int pid) {
    int error = UV_ESRCH;
    program->pid = pid;
    if (pid > 0)
        program->outsider =
            outsider_create(program->owner->loop, pid, ending_on_outsider_end, program, &error);
    return error;
}

static int link_to(struct program *program, int fd) {
    int error = uv_pipe_open(&program->link.pipe, fd);
    if (error != 0)
        close(fd);
    return error;
}

static void fail_to_link(struct program *program, int error) {
    char *text = alloc_printed("The program in the terminal cannot be debugged from here: %s",
                               uv_strerror(error));
    ending_fail(program, ERROR_START_FAILED, text);
    free(text);
}

/* One that has gone again is not the one that is awaited. */
static void on_met(void *data, int fd, int pid) {
    struct program *program = data;
    if (greet(program, fd) != 0) {
        close(fd);
        return;
    }
    meeting_place_destroy(program->place);
    program->place = NULL;
    int error = link_to(program, fd);
    if (error == 0)
        error = watch(program, pid);
    if (error != 0) {
        fail_to_link(program, error);
        return;
    }
    runtime_link_start(&program->link);
    program->owner->on_heard(program->owner->data, program);
}

int terminal_begin(struct program *program, const struct interpreter *interpreter) {
    int status;
    wakeup_make_bell(&program->wakeup);
    program->place = meeting_place_create(program->owner->loop, NULL, on_met, program, &status);
    if (program->place == NULL)
        return status;
    client_ask(program->owner->client, "runInTerminal", describe(program, interpreter), on_reply,
               program);
    return 0;
}
