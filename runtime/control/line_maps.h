/* SPDX-License-Identifier: MIT */
/*
 * line_maps: the line maps of the files asked about last. Editors ask for the same files at every
 * stop, and compiling one takes time. A file that has changed since is read again.
 */
#ifndef LUAHEAT_CONTROL_LINE_MAPS_H
#define LUAHEAT_CONTROL_LINE_MAPS_H

#include "line_map.h"

#include <sys/stat.h>

struct line_maps_file {
    char *path;
    struct stat read; /* the file's state when it was read */
    struct line_map map;
    unsigned used; /* when; 0: this record is free */
};

enum { LINE_MAPS_FILES = 16 };

/* All zero is ready. */
struct line_maps {
    struct line_maps_file files[LINE_MAPS_FILES];
    unsigned time;
};

void line_maps_finish(struct line_maps *maps);

/* The map, valid until the next call; NULL with *problem as line_map_load tells it. */
const struct line_map *line_maps_get(struct line_maps *maps, const char *path, char **problem);

#endif
