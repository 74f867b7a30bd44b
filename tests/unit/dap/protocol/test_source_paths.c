/* SPDX-License-Identifier: MIT */
#include "source_paths.h"

#include "arguments.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static cJSON *configuration;

static void read_maps(struct source_paths *paths, const char *json) {
    cJSON_Delete(configuration);
    configuration = cJSON_Parse(json);
    struct arguments arguments = arguments_of(configuration);
    source_paths_read(paths, &arguments);
    cr_assert_null(arguments.problem, "%s", arguments.problem);
}

static void from_client(const struct source_paths *paths, const char *path, const char *expected) {
    char *converted = source_paths_one_from_client(paths, path);
    cr_assert_str_eq(converted, expected);
    free(converted);
}

static void to_client(const struct source_paths *paths, const char *path, const char *expected) {
    char *converted = source_paths_one_to_client(paths, path);
    cr_assert_str_eq(converted, expected);
    free(converted);
}

static void both(const struct source_paths *paths, const char *local, const char *remote) {
    from_client(paths, local, remote);
    to_client(paths, remote, local);
}

Test(source_paths, without_any_all_stays) {
    struct source_paths paths;
    read_maps(&paths, "{}");
    both(&paths, "/a/b.lua", "/a/b.lua");
    read_maps(&paths, "{\"pathMappings\":[]}");
    both(&paths, "/a/b.lua", "/a/b.lua");
    source_paths_finish(&paths);
}

Test(source_paths, below_a_root_and_the_root_itself) {
    struct source_paths paths;
    read_maps(&paths, "{\"localRoot\":\"/home/me/game\",\"remoteRoot\":\"/app\"}");
    both(&paths, "/home/me/game/main.lua", "/app/main.lua");
    both(&paths, "/home/me/game/a/b/c.lua", "/app/a/b/c.lua");
    both(&paths, "/home/me/game", "/app");
    from_client(&paths, "/home/me/games/main.lua", "/home/me/games/main.lua");
    from_client(&paths, "/home/me/Game/main.lua", "/home/me/Game/main.lua");
    from_client(&paths, "main.lua", "main.lua");
    to_client(&paths, "/app2/main.lua", "/app2/main.lua");
    to_client(&paths, "/App/main.lua", "/App/main.lua");
    to_client(&paths, "", "");
    source_paths_finish(&paths);
}

Test(source_paths, slashes_at_the_end_do_not_matter) {
    struct source_paths paths;
    read_maps(&paths, "{\"localRoot\":\"/home/me///\",\"remoteRoot\":\"/app/\"}");
    both(&paths, "/home/me/main.lua", "/app/main.lua");
    source_paths_finish(&paths);
    read_maps(&paths, "{\"localRoot\":\"/\",\"remoteRoot\":\"/host\"}");
    both(&paths, "/etc/x.lua", "/host/etc/x.lua");
    source_paths_finish(&paths);
    read_maps(&paths, "{\"localRoot\":\"/image\",\"remoteRoot\":\"/\"}");
    both(&paths, "/image/etc/x.lua", "/etc/x.lua");
    source_paths_finish(&paths);
}

Test(source_paths, the_longest_root_counts_either_way) {
    struct source_paths paths;
    read_maps(&paths, "{\"pathMappings\":["
                      "{\"localRoot\":\"/w\",\"remoteRoot\":\"/app\"},"
                      "{\"localRoot\":\"/w/deep\",\"remoteRoot\":\"/lib\"},"
                      "{\"localRoot\":\"/other\",\"remoteRoot\":\"/app/vendor\"}],"
                      "\"localRoot\":\"/w/deep/er\",\"remoteRoot\":\"/er\"}");
    both(&paths, "/w/a.lua", "/app/a.lua");
    both(&paths, "/w/deep/a.lua", "/lib/a.lua");
    both(&paths, "/w/deep/er/a.lua", "/er/a.lua");
    both(&paths, "/w/deeper/a.lua", "/app/deeper/a.lua");
    both(&paths, "/other/a.lua", "/app/vendor/a.lua");
    source_paths_finish(&paths);
}

Test(source_paths, windows_has_drives_backslashes_and_no_case) {
    struct source_paths paths;
    read_maps(&paths, "{\"localRoot\":\"C:\\\\Work\\\\game\\\\\",\"remoteRoot\":\"/app\"}");
    both(&paths, "C:\\Work\\game\\a\\b.lua", "/app/a/b.lua");
    from_client(&paths, "c:\\work\\GAME\\a\\B.lua", "/app/a/B.lua");
    from_client(&paths, "c:/work/game/a/b.lua", "/app/a/b.lua");
    from_client(&paths, "C:\\Work\\game2\\b.lua", "C:\\Work\\game2\\b.lua");
    source_paths_finish(&paths);
    read_maps(&paths, "{\"localRoot\":\"\\\\\\\\server\\\\share\",\"remoteRoot\":\"/app\"}");
    both(&paths, "\\\\server\\share\\b.lua", "/app/b.lua");
    source_paths_finish(&paths);
    read_maps(&paths, "{\"localRoot\":\"D:\\\\\",\"remoteRoot\":\"/mnt\"}");
    both(&paths, "D:\\b.lua", "/mnt/b.lua");
    source_paths_finish(&paths);
}

/* Lua's files are told by their real paths. */
Test(source_paths, a_remote_root_may_be_a_link) {
    char folder[] = "/tmp/luaheat-test-XXXXXX", link_path[40], json[200], path[60];
    cr_assert_not_null(mkdtemp(folder));
    snprintf(link_path, sizeof link_path, "%s-link", folder);
    cr_assert_eq(symlink(folder, link_path), 0);
    snprintf(json, sizeof json, "{\"localRoot\":\"/w\",\"remoteRoot\":\"%s\"}", link_path);
    struct source_paths paths;
    read_maps(&paths, json);
    snprintf(path, sizeof path, "%s/a.lua", link_path);
    both(&paths, "/w/a.lua", path);
    snprintf(path, sizeof path, "%s/a.lua", folder);
    to_client(&paths, path, "/w/a.lua");
    source_paths_finish(&paths);
    unlink(link_path);
    rmdir(folder);
}

Test(source_paths, whole_messages) {
    struct source_paths paths;
    read_maps(&paths, "{\"localRoot\":\"/w\",\"remoteRoot\":\"/app\"}");
    cJSON *json =
        cJSON_Parse("{\"source\":{\"path\":\"/app/a\",\"name\":\"/app/n\"},\"path\":\"/app/b\","
                    "\"sources\":[{\"path\":\"/app/c\"},{\"source\":{\"path\":\"/app/"
                    "d\",\"origin\":\"/app/o\"}}],"
                    "\"text\":\"/app/e\",\"stackFrames\":[{\"source\":{\"path\":\"/app/"
                    "f\"}},{\"source\":{}}]}");
    source_paths_to_client(&paths, json);
    char *text = cJSON_PrintUnformatted(json);
    cr_assert_str_eq(
        text,
        "{\"source\":{\"path\":\"/w/a\",\"name\":\"/app/n\"},\"path\":\"/app/b\","
        "\"sources\":[{\"path\":\"/w/c\"},{\"source\":{\"path\":\"/w/d\",\"origin\":\"/app/o\"}}],"
        "\"text\":\"/app/e\",\"stackFrames\":[{\"source\":{\"path\":\"/w/f\"}},{\"source\":{}}]}");
    cJSON_free(text);
    cJSON_Delete(json);
    json = cJSON_Parse("{\"source\":\"/w/a\",\"breakpoints\":[{\"source\":{\"path\":\"/w/b\"}}],"
                       "\"env\":{\"source\":\"/w/c\"}}");
    source_paths_from_client(&paths, json);
    text = cJSON_PrintUnformatted(json);
    cr_assert_str_eq(text,
                     "{\"source\":\"/app/a\",\"breakpoints\":[{\"source\":{\"path\":\"/app/b\"}}],"
                     "\"env\":{\"source\":\"/w/c\"}}");
    cJSON_free(text);
    cJSON_Delete(json);
    source_paths_from_client(&paths, NULL);
    source_paths_finish(&paths);
}

Test(source_paths, what_is_wrong_is_told) {
    static const char *const texts[] = {
        "{\"localRoot\":\"/w\"}",
        "{\"remoteRoot\":\"/w\"}",
        "{\"localRoot\":\"w\",\"remoteRoot\":\"/app\"}",
        "{\"localRoot\":\"\",\"remoteRoot\":\"/app\"}",
        "{\"localRoot\":\"~/w\",\"remoteRoot\":\"/app\"}",
        "{\"localRoot\":\"/w\",\"remoteRoot\":\"app\"}",
        "{\"localRoot\":\"/w\",\"remoteRoot\":\"C:\\\\app\"}",
        "{\"localRoot\":5,\"remoteRoot\":\"/app\"}",
        "{\"pathMappings\":{\"localRoot\":\"/w\",\"remoteRoot\":\"/app\"}}",
        "{\"pathMappings\":[\"/w\"]}",
        "{\"pathMappings\":[{\"localRoot\":\"/w\"}]}",
        "{\"pathMappings\":[{\"localRoot\":\"/w\",\"remoteRoot\":\"app\"}]}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        cJSON *json = cJSON_Parse(texts[i]);
        struct arguments arguments = arguments_of(json);
        struct source_paths paths;
        source_paths_read(&paths, &arguments);
        cr_assert_not_null(arguments.problem, "%s", texts[i]);
        source_paths_finish(&paths);
        arguments_finish(&arguments);
        cJSON_Delete(json);
    }
}
