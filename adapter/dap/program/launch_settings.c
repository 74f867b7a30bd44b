/* SPDX-License-Identifier: MIT */
#include "launch_settings.h"

#include "alloc.h"
#include "attach_settings.h"
#include "contract_check.h"
#include "environment_variables.h"
#include "file_line.h"
#include "inherited_attributes.h"
#include "interpreter.h"
#include "link.h"
#include "message.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Many times what a slow machine needs. */
enum { START_TIMEOUT_MS = 60000 };

static void read_cwd(struct launch_settings *settings, struct arguments *arguments) {
    const char *cwd = arguments_string(arguments, "cwd", NULL);
    struct stat status;
    if (cwd == NULL)
        return;
    if (stat(cwd, &status) != 0 || !S_ISDIR(status.st_mode))
        arguments_reject(arguments, "'cwd' is no folder: %s", cwd);
    settings->cwd = alloc_text(cwd);
}

/* A path that counts from there, as we see it. */
static char *in_cwd(const struct launch_settings *settings, const char *path) {
    if (path[0] == '/' || settings->cwd == NULL)
        return alloc_text(path);
    return alloc_printed("%s/%s", settings->cwd, path);
}

static void check_program(const struct launch_settings *settings, struct arguments *arguments) {
    const char *program = settings->program;
    struct stat status;
    if (stat(program, &status) != 0)
        arguments_reject(arguments, "'program' does not exist: %s", program);
    else if (settings->host == NULL && S_ISDIR(status.st_mode))
        arguments_reject(arguments, "'program' is a folder, not a Lua file: %s", program);
    else if (access(program, R_OK) != 0)
        arguments_reject(arguments, "'program' cannot be read: %s", program);
}

/* A host may need none. */
static void read_program(struct launch_settings *settings, struct arguments *arguments) {
    const char *program = settings->host != NULL ? arguments_string(arguments, "program", NULL)
                                                 : arguments_required_string(arguments, "program");
    if (arguments->problem != NULL || program == NULL)
        return;
    settings->program = in_cwd(settings, program);
    if (program[0] == '\0')
        arguments_reject(arguments, "'program' is empty; it must name a Lua file");
    else
        check_program(settings, arguments);
}

/* A script named "-x.lua" must not look like an option to its interpreter. */
static char *script_argument(const char *program) {
    return program[0] == '-' ? alloc_printed("./%s", program) : alloc_text(program);
}

/* Puts the strings of a list at *end. */
static void read_words(struct arguments *arguments, const char *name, char ***end) {
    const cJSON *one;
    cJSON_ArrayForEach(one, arguments_array(arguments, name)) {
        if (cJSON_IsString(one))
            *(*end)++ = alloc_text(one->valuestring);
        else
            arguments_reject(arguments, "'%s' must hold strings only, not %s", name,
                             contract_type_of(one));
    }
}

static void read_args(struct launch_settings *settings, struct arguments *arguments) {
    const char *program = arguments_string(arguments, "program", NULL);
    int most = cJSON_GetArraySize(arguments_array(arguments, "runtimeArgs")) +
               cJSON_GetArraySize(arguments_array(arguments, "args"));
    char **end = alloc_zeroed((size_t)most + 2, sizeof *end);
    settings->args = end;
    read_words(arguments, "runtimeArgs", &end);
    if (program != NULL)
        *end++ = script_argument(program);
    read_words(arguments, "args", &end);
}

void launch_settings_set_variable(struct launch_settings *settings, const char *name,
                                  const char *value) {
    environment_variables_set(&settings->env, name, value);
    cJSON_DeleteItemFromObjectCaseSensitive(settings->variables, name);
    if (value != NULL)
        cJSON_AddStringToObject(settings->variables, name, value);
    else
        cJSON_AddNullToObject(settings->variables, name);
}

static void read_env(struct launch_settings *settings, struct arguments *arguments) {
    settings->env = environment_variables_copy();
    settings->variables = alloc_checked(cJSON_CreateObject());
    const cJSON *one;
    cJSON_ArrayForEach(one, arguments_object(arguments, "env")) {
        if (one->string[0] == '\0' || strchr(one->string, '=') != NULL)
            arguments_reject(arguments, "'env' has a name that no variable can have: '%s'",
                             one->string);
        else if (cJSON_IsString(one) || cJSON_IsNull(one))
            launch_settings_set_variable(settings, one->string, one->valuestring);
        else
            arguments_reject(arguments, "'%s' in 'env' must be a string or null, not %s",
                             one->string, contract_type_of(one));
    }
}

/* An array of templates, joined as Lua wants them. */
static char *join_templates(struct arguments *arguments, const char *name, const cJSON *list) {
    char *path = alloc_text("");
    const cJSON *one;
    cJSON_ArrayForEach(one, list) {
        if (!cJSON_IsString(one)) {
            arguments_reject(arguments, "'%s' must hold strings only, not %s", name,
                             contract_type_of(one));
            break;
        }
        char *longer = alloc_printed("%s%s%s", path, path[0] != '\0' ? ";" : "", one->valuestring);
        free(path);
        path = longer;
    }
    return path;
}

static void read_lua_path(struct launch_settings *settings, struct arguments *arguments,
                          const char *name, const char *variable) {
    const cJSON *value = arguments_any(arguments, name);
    if (cJSON_IsArray(value)) {
        char *path = join_templates(arguments, name, value);
        launch_settings_set_variable(settings, variable, path);
        free(path);
        return;
    }
    const char *path = arguments_string(arguments, name, NULL);
    if (path != NULL)
        launch_settings_set_variable(settings, variable, path);
}

/* As its own folder does not matter to it. The caller's to free(). */
static char *absolute(const char *path) {
    char *cwd = path[0] != '/' ? getcwd(NULL, 0) : NULL;
    char *whole = cwd != NULL ? alloc_printed("%s/%s", cwd, path) : alloc_text(path);
    free(cwd);
    return whole;
}

static bool is_program(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) && access(path, X_OK) == 0;
}

/* A name without a folder is one of the program's PATH, as in a shell. NULL: there is none. */
static char *find_in_path(const struct launch_settings *settings, const char *name) {
    const char *folder = environment_variables_get(settings->env, "PATH");
    while (folder != NULL && *folder != '\0') {
        size_t length = strcspn(folder, ":");
        char *path = alloc_printed("%.*s/%s", (int)length, folder, name);
        if (is_program(path))
            return path;
        free(path);
        folder += length + (folder[length] == ':');
    }
    return NULL;
}

static char *find_executable(const struct launch_settings *settings, const char *name) {
    if (strchr(name, '/') == NULL)
        return find_in_path(settings, name);
    char *path = in_cwd(settings, name), *whole = is_program(path) ? absolute(path) : NULL;
    free(path);
    return whole;
}

static void read_interpreter(struct launch_settings *settings, struct arguments *arguments) {
    const char *interpreter = arguments_string(arguments, "runtimeExecutable", NULL);
    if (interpreter == NULL)
        return;
    settings->interpreter = find_executable(settings, interpreter);
    if (settings->interpreter == NULL)
        arguments_reject(arguments,
                         strchr(interpreter, '/') != NULL
                             ? "'runtimeExecutable' is no program that can be executed: %s"
                             : "'runtimeExecutable' is no program in PATH: %s",
                         interpreter);
    else if (!interpreter_is_ours(settings->interpreter))
        settings->host = alloc_text(interpreter);
}

static void read_library(struct launch_settings *settings, struct arguments *arguments) {
    const char *library = arguments_string(arguments, "luaLibrary", NULL);
    struct stat status;
    if (library == NULL)
        return;
    settings->library = alloc_text(library);
    char *path = in_cwd(settings, library);
    if (settings->host != NULL)
        arguments_reject(arguments,
                         "'luaLibrary' is what luaheat-lua runs on; 'runtimeExecutable' is "
                         "another program, which has a Lua of its own");
    else if (stat(path, &status) != 0)
        arguments_reject(arguments, "'luaLibrary' does not exist: %s", path);
    else if (!S_ISREG(status.st_mode))
        arguments_reject(arguments, "'luaLibrary' is no file: %s", path);
    free(path);
}

static void read_memory(struct launch_settings *settings, struct arguments *arguments) {
    const char *memory = arguments_string(arguments, "memory", "exact");
    bool exact = strcmp(memory, "exact") == 0;
    if (!exact && strcmp(memory, "off") != 0)
        arguments_reject(arguments, "'memory' must be \"exact\" or \"off\", not \"%s\"", memory);
    settings->memory = exact && !settings->no_debug;
}

/* NULL: as it is. */
static const char *read_stacks(struct arguments *arguments) {
    static const char *const words[] = {LINK_STACKS_SAMPLED, LINK_STACKS_ALL, LINK_STACKS_OFF};
    const char *stacks = arguments_string(arguments, "stacks", NULL);
    for (size_t i = 0; stacks != NULL && i < sizeof words / sizeof *words; i++)
        if (strcmp(stacks, words[i]) == 0)
            return words[i];
    if (stacks != NULL)
        arguments_reject(arguments, "'stacks' must be \"sampled\", \"all\" or \"off\", not \"%s\"",
                         stacks);
    return NULL;
}

static void read_console(struct launch_settings *settings, struct arguments *arguments) {
    static const char *const names[] = {
        [CONSOLE_INTERNAL] = "internalConsole",
        [CONSOLE_INTEGRATED] = "integratedTerminal",
        [CONSOLE_EXTERNAL] = "externalTerminal",
    };
    const char *console = arguments_string(arguments, "console", names[CONSOLE_INTERNAL]);
    for (settings->console = CONSOLE_INTERNAL; settings->console <= CONSOLE_EXTERNAL;
         settings->console++)
        if (strcmp(console, names[settings->console]) == 0)
            return;
    arguments_reject(arguments,
                     "'console' must be \"internalConsole\", \"integratedTerminal\" or "
                     "\"externalTerminal\", not \"%s\"",
                     console);
}

static cJSON *read_place(const struct launch_settings *settings, struct arguments *arguments,
                         const char *words) {
    struct file_line place;
    const char *rest;
    int error = file_line_parse(&place, words, "", &rest);
    if (error == -ENOMEM)
        alloc_checked(NULL);
    if (error != 0) {
        arguments_reject(arguments, "a place of 'measurements' must be FILE:LINE, not '%s'", words);
        return NULL;
    }
    char *path = in_cwd(settings, place.path);
    cJSON *json = alloc_checked(cJSON_CreateObject());
    cJSON_AddStringToObject(json, "path", path);
    cJSON_AddNumberToObject(json, "line", place.line);
    free(path);
    file_line_finish(&place);
    return json;
}

static void read_measurement(struct launch_settings *settings, struct arguments *arguments,
                             const cJSON *one) {
    struct arguments of_one = arguments_of(one);
    const char *name = arguments_required_string(&of_one, "name");
    const char *from = arguments_required_string(&of_one, "from");
    const char *to = arguments_string(&of_one, "to", NULL);
    if (of_one.problem != NULL) {
        arguments_reject(arguments, "In 'measurements': %s", of_one.problem);
    } else {
        cJSON *measurement = alloc_checked(cJSON_CreateObject());
        cJSON_AddStringToObject(measurement, "name", name);
        cJSON_AddItemToObject(measurement, "from", read_place(settings, arguments, from));
        if (to != NULL)
            cJSON_AddItemToObject(measurement, "to", read_place(settings, arguments, to));
        cJSON_AddItemToArray(cJSON_GetObjectItemCaseSensitive(settings->measuring, "measurements"),
                             measurement);
    }
    arguments_finish(&of_one);
}

static void read_limit(struct launch_settings *settings, struct arguments *arguments) {
    const cJSON *limit = arguments_any(arguments, "memoryLimit");
    if (limit == NULL)
        return;
    int64_t bytes = arguments_required_bytes(arguments, "memoryLimit", 1, "64MB");
    cJSON_AddNumberToObject(settings->measuring, "memoryLimit", (double)bytes);
}

static void read_measuring(struct launch_settings *settings, struct arguments *arguments) {
    const cJSON *one;
    settings->collect = arguments_flag(arguments, "collect", false);
    settings->warmup = (uint64_t)arguments_integer(arguments, "warmup", 0, 0, INT32_MAX);
    settings->measuring = alloc_checked(cJSON_CreateObject());
    cJSON_AddBoolToObject(settings->measuring, "collect", settings->collect);
    cJSON_AddNumberToObject(settings->measuring, "warmup", (double)settings->warmup);
    cJSON_AddArrayToObject(settings->measuring, "measurements");
    cJSON_ArrayForEach(one, arguments_array(arguments, "measurements")) {
        if (cJSON_IsObject(one))
            read_measurement(settings, arguments, one);
        else
            arguments_reject(arguments, "'measurements' must hold objects, not %s",
                             contract_type_of(one));
    }
}

static void read_sub_process(struct launch_settings *settings, struct arguments *arguments) {
    settings->inherited = inherited_attributes_of(arguments->object);
    if (arguments_any(arguments, "subProcess") == NULL)
        return;
    bool wanted = arguments_flag(arguments, "subProcess", false);
    settings->sub_process = wanted ? SUB_PROCESS_YES : SUB_PROCESS_NO;
}

static void read_all(struct launch_settings *settings, struct arguments *arguments) {
    settings->no_debug = arguments_flag(arguments, "noDebug", false);
    settings->stop_on_entry = arguments_flag(arguments, "stopOnEntry", false);
    settings->start_timeout =
        (uint64_t)arguments_integer(arguments, "startTimeout", START_TIMEOUT_MS, 1, INT32_MAX);
    read_console(settings, arguments);
    read_sub_process(settings, arguments);
    read_memory(settings, arguments);
    read_cwd(settings, arguments);
    standard_input_read(&settings->input, arguments, settings->cwd);
    if (settings->console != CONSOLE_INTERNAL && standard_input_is_given(&settings->input))
        arguments_reject(arguments, "'stdin' is for \"console\": \"internalConsole\" only: in a "
                                    "terminal the program reads the terminal");
    read_env(settings, arguments);
    settings->stacks = read_stacks(arguments);
    if (settings->stacks != NULL)
        launch_settings_set_variable(settings, LINK_ENV_SAMPLING, settings->stacks);
    read_interpreter(settings, arguments);
    read_program(settings, arguments);
    read_args(settings, arguments);
    read_lua_path(settings, arguments, "luaPath", "LUA_PATH_5_4");
    read_lua_path(settings, arguments, "luaCPath", "LUA_CPATH_5_4");
    read_library(settings, arguments);
    read_measuring(settings, arguments);
    read_limit(settings, arguments);
}

/* The program has its arguments, its environment and its terminal already. */
static void read_all_of_attach(struct launch_settings *settings, struct arguments *arguments) {
    settings->attach = attach_settings_read(arguments);
    settings->stop_on_entry = arguments_flag(arguments, "stopOnEntry", false);
    read_memory(settings, arguments);
    settings->stacks = read_stacks(arguments);
    read_cwd(settings, arguments);
    read_measuring(settings, arguments);
}

static struct launch_settings *read_with(struct arguments *arguments,
                                         void (*read)(struct launch_settings *settings,
                                                      struct arguments *arguments)) {
    struct launch_settings *settings = alloc_zeroed(1, sizeof *settings);
    settings->owners = 1;
    read(settings, arguments);
    if (arguments->problem == NULL)
        return settings;
    launch_settings_release(settings);
    return NULL;
}

struct launch_settings *launch_settings_read(struct arguments *arguments) {
    return read_with(arguments, read_all);
}

struct launch_settings *launch_settings_read_attach(struct arguments *arguments) {
    return read_with(arguments, read_all_of_attach);
}

struct launch_settings *launch_settings_share(struct launch_settings *settings) {
    settings->owners++;
    return settings;
}

static void free_texts(char **texts) {
    for (char **at = texts; at != NULL && *at != NULL; at++)
        free(*at);
    free(texts);
}

void launch_settings_release(struct launch_settings *settings) {
    if (settings == NULL || --settings->owners > 0)
        return;
    attach_settings_destroy(settings->attach);
    free(settings->program);
    free_texts(settings->args);
    free(settings->cwd);
    environment_variables_free(settings->env);
    cJSON_Delete(settings->variables);
    free(settings->interpreter);
    free(settings->host);
    free(settings->library);
    standard_input_finish(&settings->input);
    cJSON_Delete(settings->inherited);
    cJSON_Delete(settings->measuring);
    free(settings);
}
