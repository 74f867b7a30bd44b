/* SPDX-License-Identifier: MIT */
#include "path_settings.h"

#include "arguments.h"
#include "configuration.h"

static cJSON *member(const cJSON *object, const char *name) {
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

void path_settings_read(struct source_paths *paths, struct arguments *arguments) {
    const cJSON *one;
    source_paths_read(paths, arguments);
    source_paths_text_from_client(paths, member(arguments->object, "program"));
    source_paths_text_from_client(paths, member(arguments->object, "cwd"));
    cJSON_ArrayForEach(one, member(arguments->object, "measurements")) {
        source_paths_text_from_client(paths, member(one, "from"));
        source_paths_text_from_client(paths, member(one, "to"));
    }
}

/* Clients may set breakpoints before they launch. */
static void convert(cJSON *path, const struct source_paths *old, const struct source_paths *paths) {
    source_paths_text_to_client(old, path);
    source_paths_text_from_client(paths, path);
}

void path_settings_apply(struct source_paths *paths, struct source_paths *of_client,
                         struct configuration *configuration) {
    const cJSON *one;
    struct breakpoint_set *set = configuration->breakpoints.first;
    for (; set != NULL; set = set->next)
        convert(member(set->source, "path"), of_client, paths);
    cJSON_ArrayForEach(one, member(configuration->memory_breakpoints, "breakpoints"))
        convert(member(one, "path"), of_client, paths);
    cJSON_ArrayForEach(one, configuration->measurements) {
        convert(member(member(one, "from"), "path"), of_client, paths);
        convert(member(member(one, "to"), "path"), of_client, paths);
    }
    source_paths_finish(of_client);
    *of_client = *paths;
}
