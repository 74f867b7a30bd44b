/* SPDX-License-Identifier: MIT */
#include "memory_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

/* With its NUL: the shortest limit that a system has (macOS). */
enum { PATH_BYTES = 31 };

/* Names that a process of this number has left behind are passed by. */
enum { MOST_TRIES = 100 };

/* A descriptor of a file that has no name any more, or a negative errno. */
static int create(const char *name) {
    char path[PATH_BYTES];
    for (int i = 0; i < MOST_TRIES; i++) {
        snprintf(path, sizeof path, "/%.*s-%d-%d", MEMORY_FILE_NAME, name, (int)getpid(), i);
        int fd = shm_open(path, O_RDWR | O_CREAT | O_EXCL, 0600);
        if (fd >= 0)
            shm_unlink(path);
        if (fd >= 0 || errno != EEXIST)
            return fd >= 0 ? fd : -errno;
    }
    return -EEXIST;
}

int memory_file_create(const char *name, size_t size) {
    int fd = create(name);
    if (fd < 0 || ftruncate(fd, (off_t)size) == 0)
        return fd;
    int error = -errno;
    close(fd);
    return error;
}
