/* SPDX-License-Identifier: MIT */
#include "handed.h"

#include "link.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

const struct handed handed_nothing = {.link = -1, .life = -1};

static int map(int fd, size_t size, void **memory) {
    struct stat status;
    if (fstat(fd, &status) != 0)
        return -errno;
    if (status.st_size < 0 || (uintmax_t)status.st_size < size)
        return -EINVAL; /* whoever touches what is not there is ended */
    void *mapped = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, fd, 0);
    if (mapped == MAP_FAILED)
        return -errno;
    *memory = mapped;
    return 0;
}

int handed_map(int fd, size_t size, void **memory) {
    *memory = NULL;
    if (fd < 0)
        return 0;
    int error = map(fd, size, memory);
    close(fd);
    return error;
}

int handed_out_of_the_way(int fd) {
    static const int places[] = {1000, 200};
    for (size_t i = 0; fd >= 0 && i < sizeof places / sizeof *places; i++) {
        int moved = fd < places[i] ? fcntl(fd, F_DUPFD_CLOEXEC, places[i]) : -1;
        if (moved < 0)
            continue;
        close(fd);
        return moved;
    }
    return fd;
}

void handed_finish(struct handed *handed) {
    if (handed->link >= 0)
        close(handed->link);
    if (handed->life >= 0)
        close(handed->life);
    if (handed->figures != NULL)
        munmap(handed->figures, sizeof *handed->figures);
    if (handed->bell != NULL)
        munmap(handed->bell, sizeof *handed->bell);
    if (handed->answer != NULL)
        munmap(handed->answer, LINK_ANSWER_BYTES);
    free(handed->measure);
    free(handed->sampling);
    *handed = handed_nothing;
}
