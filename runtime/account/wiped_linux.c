/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "wiped.h"

#include <sys/mman.h>

void *wiped_memory(size_t size) {
    void *page = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED)
        return NULL;
    if (madvise(page, size, MADV_WIPEONFORK) == 0)
        return page;
    munmap(page, size);
    return NULL;
}
