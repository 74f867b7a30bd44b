/* SPDX-License-Identifier: MIT */
#include "code_lines.h"

#include "line_map.h"

#include <stdio.h>
#include <stdlib.h>

static void print(const struct line_map *map) {
    int last = 0;
    for (const struct line_entry *entry = map->items; entry < line_map_end(map); entry++)
        if (entry->line != last)
            printf("%d\n", last = entry->line);
}

int code_lines_print(const char *path) {
    struct line_map map;
    char *problem;
    int error = line_map_load(&map, path, &problem);
    if (error == 0)
        print(&map);
    else
        printf("%s\n", problem != NULL ? problem : "not enough memory");
    line_map_finish(&map);
    free(problem);
    return error == 0 && fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
