/* SPDX-License-Identifier: MIT */
#include "shared_memory.h"

#include "memory_file.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

/* To go above the limit for files would end this process by a signal. */
static bool is_too_large(size_t size) {
    struct rlimit limit;
    return getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY &&
           size > limit.rlim_cur;
}

int shared_memory_init(struct shared_memory *memory, const char *name, size_t size, bool writable) {
    *memory = (struct shared_memory){.fd = -1};
    int fd = is_too_large(size) ? -EFBIG : memory_file_create(name, size);
    if (fd < 0)
        return fd;
    int protection = writable ? PROT_READ | PROT_WRITE : PROT_READ;
    void *address = mmap(NULL, size, protection, MAP_SHARED | MAP_NORESERVE, fd, 0);
    if (address == MAP_FAILED) {
        int error = -errno;
        close(fd);
        return error;
    }
    *memory = (struct shared_memory){.address = address, .size = size, .fd = fd};
    return 0;
}

void shared_memory_finish(struct shared_memory *memory) {
    if (memory->address == NULL)
        return;
    munmap(memory->address, memory->size);
    close(memory->fd);
    *memory = (struct shared_memory){.fd = -1};
}
