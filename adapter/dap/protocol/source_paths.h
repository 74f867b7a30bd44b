/* SPDX-License-Identifier: MIT */
/*
 * source_paths: files are elsewhere for the client than for the program, in a container say. Inside
 * the adapter and on the link all paths are those of the program's machine; whole messages are
 * converted where they enter and leave, so no request has to think of it.
 *
 * DAP's field names decide: the `path` of each object called source, and of those in arrays called
 * sources; a source that is only a text is its path. A path below no root stays as it is.
 *
 * Of the roots that match the longest counts, and only whole names match: /a is no root of /ab. A
 * local root may be one of Windows ("C:\work"): then case does not matter below it, a slash is as
 * good as a backslash, and what the client is told has backslashes.
 */
#ifndef LUAHEAT_DAP_SOURCE_PATHS_H
#define LUAHEAT_DAP_SOURCE_PATHS_H

#include <cJSON.h>
#include <stdbool.h>
#include <stddef.h>

struct arguments;
struct path_map;

/* All zero: paths are the same on both sides. */
struct source_paths {
    struct path_map *items;
    size_t count, room;
};

/* Of a configuration: pathMappings, localRoot and remoteRoot. What is wrong is rejected. To be
   finished either way. */
void source_paths_read(struct source_paths *paths, struct arguments *arguments);
void source_paths_finish(struct source_paths *paths);

/* Converts all sources of a message, which may be NULL. */
void source_paths_from_client(const struct source_paths *paths, cJSON *json);
void source_paths_to_client(const struct source_paths *paths, cJSON *json);

/* Likewise a text of JSON that is a path, or begins with one ("/a/b.lua:42"); what is no text
   stays. */
void source_paths_text_from_client(const struct source_paths *paths, cJSON *text);
void source_paths_text_to_client(const struct source_paths *paths, cJSON *text);

/* One path, for where there is no JSON. The caller's to free(). */
char *source_paths_one_from_client(const struct source_paths *paths, const char *path);
char *source_paths_one_to_client(const struct source_paths *paths, const char *path);

#endif
