/* SPDX-License-Identifier: MIT */
#include "figures_map.h"

#include "figures_copy.h"

#include <errno.h>
#include <sys/mman.h>

static void *map_copy(void) {
    void *memory = mmap(NULL, sizeof(struct figures), PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return memory != MAP_FAILED ? memory : NULL;
}

int figures_map_init(struct figures_map *map) {
    *map = (struct figures_map){.fd = -1};
    int error = shared_memory_init(&map->memory, "luaheat-figures", sizeof(struct figures), false);
    if (error != 0)
        return error;
    map->shared = map->memory.address;
    map->fd = map->memory.fd;
    map->figures = map_copy();
    if (map->figures != NULL)
        return 0;
    error = -errno;
    figures_map_finish(map);
    return error;
}

void figures_map_read(const struct figures_map *map) {
    figures_copy((struct figures *)map->figures, map->shared);
}

void figures_map_finish(struct figures_map *map) {
    if (map->figures != NULL)
        munmap((void *)map->figures, sizeof(struct figures));
    shared_memory_finish(&map->memory);
    *map = (struct figures_map){.fd = -1};
}
