/* SPDX-License-Identifier: MIT */
#include "line_maps.h"

#include <stdlib.h>
#include <string.h>

static void clear(struct line_maps_file *file) {
    free(file->path);
    line_map_finish(&file->map);
    *file = (struct line_maps_file){0};
}

void line_maps_finish(struct line_maps *maps) {
    for (size_t i = 0; i < LINE_MAPS_FILES; i++)
        clear(&maps->files[i]);
}

static bool unchanged(const struct stat *a, const struct stat *b) {
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* The record of the path, or else the one that was used longest ago. */
static struct line_maps_file *choose(struct line_maps *maps, const char *path) {
    struct line_maps_file *oldest = &maps->files[0];
    for (size_t i = 0; i < LINE_MAPS_FILES; i++) {
        struct line_maps_file *file = &maps->files[i];
        if (file->path != NULL && strcmp(file->path, path) == 0)
            return file;
        if (file->used < oldest->used)
            oldest = file;
    }
    clear(oldest);
    oldest->path = strdup(path);
    return oldest;
}

const struct line_map *line_maps_get(struct line_maps *maps, const char *path, char **problem) {
    struct stat now;
    *problem = NULL;
    bool exists = stat(path, &now) == 0;
    struct line_maps_file *file = choose(maps, path);
    if (exists && file->used > 0 && unchanged(&file->read, &now)) {
        file->used = ++maps->time;
        return &file->map;
    }
    line_map_finish(&file->map);
    file->used = 0;
    if (file->path == NULL || line_map_load(&file->map, path, problem) != 0)
        return NULL;
    file->read = now;
    file->used = exists ? ++maps->time : 0;
    return &file->map;
}
