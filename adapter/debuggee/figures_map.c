/* SPDX-License-Identifier: MIT */
#include "figures_map.h"

#include "figures_copy.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

/* Sealed against shrinking: whatever the debuggee does with its descriptor, reading here cannot
 * fault. */
static int create_memory(void) {
    int fd = memfd_create("luaheat-figures", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0)
        return -errno;
    if (ftruncate(fd, sizeof(struct figures)) != 0 || fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK) != 0) {
        int error = -errno;
        close(fd);
        return error;
    }
    return fd;
}

static void *map_memory(int protection, int flags, int fd) {
    void *memory = mmap(NULL, sizeof(struct figures), protection, flags | MAP_NORESERVE, fd, 0);
    return memory != MAP_FAILED ? memory : NULL;
}

static void unmap(const void *memory) {
    if (memory != NULL)
        munmap((void *)memory, sizeof(struct figures));
}

int figures_map_init(struct figures_map *map) {
    *map = (struct figures_map){.fd = -1};
    int fd = create_memory();
    if (fd < 0)
        return fd;
    map->fd = fd;
    map->shared = map_memory(PROT_READ, MAP_SHARED, fd);
    map->figures = map_memory(PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
    if (map->shared != NULL && map->figures != NULL)
        return 0;
    int error = -errno;
    figures_map_finish(map);
    return error;
}

void figures_map_read(const struct figures_map *map) {
    figures_copy((struct figures *)map->figures, map->shared);
}

uint32_t figures_map_sources(const struct figures_map *map) {
    const struct figures *shared = map->shared;
    return atomic_load_explicit(&shared->source_count, memory_order_acquire);
}

void figures_map_finish(struct figures_map *map) {
    unmap(map->shared);
    unmap(map->figures);
    if (map->shared != NULL || map->figures != NULL)
        close(map->fd);
    *map = (struct figures_map){.fd = -1};
}
