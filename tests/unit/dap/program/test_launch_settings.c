/* SPDX-License-Identifier: MIT */
#include "launch_settings.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/luaheat-XXXXXX";

/* The folder holds an empty "x.lua" and "-x.lua", and we stand in it. */
static void start(void) {
    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(chdir(folder), 0);
    close(open("x.lua", O_CREAT | O_WRONLY, 0600));
    close(open("-x.lua", O_CREAT | O_WRONLY, 0600));
}

static void finish(void) {
    unlink("x.lua");
    unlink("-x.lua");
    rmdir(folder);
}

TestSuite(launch_settings, .init = start, .fini = finish);

static cJSON *json;

static struct launch_settings *read_settings(const char *text) {
    json = cJSON_Parse(text);
    struct arguments arguments = arguments_of(json);
    struct launch_settings *settings = launch_settings_read(&arguments);
    cr_assert_null(arguments.problem, "%s", arguments.problem);
    cJSON_Delete(json);
    return settings;
}

static void expect_problem(const char *text, const char *problem) {
    json = cJSON_Parse(text);
    struct arguments arguments = arguments_of(json);
    cr_assert_null(launch_settings_read(&arguments));
    cr_assert_not_null(arguments.problem, "%s", text);
    cr_assert_str_eq(arguments.problem, problem);
    arguments_finish(&arguments);
    cJSON_Delete(json);
}

/* NULL if it is not there. */
static const char *variable(const struct launch_settings *settings, const char *name) {
    for (char **at = settings->env; *at != NULL; at++)
        if (strncmp(*at, name, strlen(name)) == 0 && (*at)[strlen(name)] == '=')
            return *at + strlen(name) + 1;
    return NULL;
}

Test(launch_settings, defaults) {
    struct launch_settings *settings = read_settings("{\"program\":\"x.lua\"}");
    cr_assert_str_eq(settings->args[0], "x.lua");
    cr_assert_null(settings->args[1]);
    cr_assert_null(settings->cwd);
    cr_assert(settings->memory);
    cr_assert_not(settings->stop_on_entry);
    cr_assert_not(settings->no_debug);
    launch_settings_release(settings);
}

Test(launch_settings, the_program_is_looked_for_in_cwd_but_named_as_written) {
    cr_assert_eq(chdir("/"), 0);
    char text[200];
    snprintf(text, sizeof text, "{\"program\":\"x.lua\",\"cwd\":\"%s\",\"args\":[\"a\",\"\"]}",
             folder);
    struct launch_settings *settings = read_settings(text);
    cr_assert_eq(chdir(folder), 0);
    cr_assert_str_eq(settings->args[0], "x.lua");
    cr_assert_str_eq(settings->args[1], "a");
    cr_assert_str_eq(settings->args[2], "");
    cr_assert_null(settings->args[3]);
    cr_assert_str_eq(settings->cwd, folder);
    launch_settings_release(settings);
}

Test(launch_settings, a_program_is_never_an_option) {
    struct launch_settings *settings = read_settings("{\"program\":\"-x.lua\"}");
    cr_assert_str_eq(settings->args[0], "./-x.lua");
    launch_settings_release(settings);
}

Test(launch_settings, variables_are_added_changed_and_removed) {
    setenv("LUAHEAT_TEST_KEPT", "1", 1);
    setenv("LUAHEAT_TEST_CHANGED", "1", 1);
    setenv("LUAHEAT_TEST_GONE", "1", 1);
    struct launch_settings *settings =
        read_settings("{\"program\":\"x.lua\",\"env\":{\"LUAHEAT_TEST_CHANGED\":\"2\","
                      "\"LUAHEAT_TEST_GONE\":null,\"LUAHEAT_TEST_NEW\":\"a=b\"}}");
    cr_assert_str_eq(variable(settings, "LUAHEAT_TEST_KEPT"), "1");
    cr_assert_str_eq(variable(settings, "LUAHEAT_TEST_CHANGED"), "2");
    cr_assert_str_eq(variable(settings, "LUAHEAT_TEST_NEW"), "a=b");
    cr_assert_null(variable(settings, "LUAHEAT_TEST_GONE"));
    launch_settings_release(settings);
}

Test(launch_settings, lua_paths_are_joined) {
    struct launch_settings *settings =
        read_settings("{\"program\":\"x.lua\",\"luaPath\":[\"a/?.lua\",\"b/?.lua\",\";\"],"
                      "\"luaCPath\":\"c/?.so;;\"}");
    cr_assert_str_eq(variable(settings, "LUA_PATH_5_4"), "a/?.lua;b/?.lua;;");
    cr_assert_str_eq(variable(settings, "LUA_CPATH_5_4"), "c/?.so;;");
    launch_settings_release(settings);
}

Test(launch_settings, without_debugging_there_are_no_figures) {
    struct launch_settings *settings = read_settings("{\"program\":\"x.lua\",\"noDebug\":true}");
    cr_assert_not(settings->memory);
    launch_settings_release(settings);
    settings = read_settings("{\"program\":\"x.lua\",\"memory\":\"off\"}");
    cr_assert_not(settings->memory);
    launch_settings_release(settings);
}

Test(launch_settings, mistakes_are_named) {
    expect_problem("{}", "'program' is missing; it must be a string");
    expect_problem("{\"program\":\"y.lua\"}", "'program' does not exist: y.lua");
    expect_problem("{\"program\":\".\"}", "'program' is a folder, not a Lua file: .");
    expect_problem("{\"program\":\"x.lua\",\"cwd\":\"nope\"}", "'cwd' is no folder: nope");
    expect_problem("{\"program\":\"x.lua\",\"args\":[1]}",
                   "'args' must hold strings only, not a number");
    expect_problem("{\"program\":\"x.lua\",\"env\":{\"A\":1}}",
                   "'A' in 'env' must be a string or null, not a number");
    expect_problem("{\"program\":\"x.lua\",\"env\":{\"A=B\":\"\"}}",
                   "'env' has a name that no variable can have: 'A=B'");
    expect_problem("{\"program\":\"x.lua\",\"stacks\":\"some\"}",
                   "'stacks' must be \"sampled\", \"all\" or \"off\", not \"some\"");
    expect_problem("{\"program\":\"x.lua\",\"memory\":\"some\"}",
                   "'memory' must be \"exact\" or \"off\", not \"some\"");
    expect_problem("{\"program\":\"x.lua\",\"runtimeExecutable\":\"no-such-lua\"}",
                   "'runtimeExecutable' is no program in PATH: no-such-lua");
    expect_problem("{\"program\":\"x.lua\",\"runtimeExecutable\":\"./x.lua\"}",
                   "'runtimeExecutable' is no program that can be executed: ./x.lua");
    expect_problem("{\"program\":\"x.lua\",\"runtimeExecutable\":\"/\"}",
                   "'runtimeExecutable' is no program that can be executed: /");
    expect_problem("{\"program\":\"y.lua\",\"runtimeExecutable\":\"sh\"}",
                   "'program' does not exist: y.lua");
    expect_problem("{\"runtimeExecutable\":\"sh\",\"runtimeArgs\":\"-c\"}",
                   "'runtimeArgs' must be an array, not a string");
    expect_problem("{\"runtimeExecutable\":\"sh\",\"luaLibrary\":\"x.lua\"}",
                   "'luaLibrary' is what luaheat-lua runs on; 'runtimeExecutable' is another "
                   "program, which has a Lua of its own");
}

Test(launch_settings, a_host_is_found_in_the_path_and_needs_no_program) {
    struct launch_settings *settings = read_settings(
        "{\"runtimeExecutable\":\"sh\",\"runtimeArgs\":[\"-c\",\"exit\"],\"args\":[\"a\"],"
        "\"env\":{\"PATH\":\"/no/such/folder:/bin\"}}");
    cr_assert_str_eq(settings->interpreter, "/bin/sh");
    cr_assert_str_eq(settings->host, "sh");
    cr_assert_null(settings->program);
    cr_assert_str_eq(settings->args[0], "-c");
    cr_assert_str_eq(settings->args[1], "exit");
    cr_assert_str_eq(settings->args[2], "a");
    cr_assert_null(settings->args[3]);
    launch_settings_release(settings);
}

Test(launch_settings, a_hosts_program_may_be_a_folder_and_comes_behind_its_options) {
    struct launch_settings *settings = read_settings(
        "{\"runtimeExecutable\":\"/bin/sh\",\"runtimeArgs\":[\"-x\"],\"program\":\".\"}");
    cr_assert_str_eq(settings->program, ".");
    cr_assert_str_eq(settings->args[0], "-x");
    cr_assert_str_eq(settings->args[1], ".");
    launch_settings_release(settings);
}

Test(launch_settings, a_host_with_a_folder_is_looked_for_in_cwd) {
    cr_assert_eq(chdir("/"), 0);
    struct launch_settings *settings =
        read_settings("{\"runtimeExecutable\":\"bin/sh\",\"cwd\":\"usr\"}");
    cr_assert_str_eq(settings->interpreter, "//usr/bin/sh");
    cr_assert_str_eq(settings->host, "bin/sh");
    cr_assert_eq(chdir(folder), 0);
    launch_settings_release(settings);
}
