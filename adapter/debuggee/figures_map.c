/* SPDX-License-Identifier: MIT */
#include "figures_map.h"

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

int figures_map_init(struct figures_map *map) {
    *map = (struct figures_map){.figures = NULL, .fd = -1};
    int fd = create_memory();
    if (fd < 0)
        return fd;
    void *memory = mmap(NULL, sizeof(struct figures), PROT_READ, MAP_SHARED | MAP_NORESERVE, fd, 0);
    if (memory == MAP_FAILED) {
        int error = -errno;
        close(fd);
        return error;
    }
    map->figures = memory;
    map->fd = fd;
    return 0;
}

void figures_map_finish(struct figures_map *map) {
    if (map->figures == NULL)
        return;
    munmap((void *)map->figures, sizeof(struct figures));
    close(map->fd);
    *map = (struct figures_map){.figures = NULL, .fd = -1};
}
