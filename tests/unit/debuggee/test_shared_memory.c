/* SPDX-License-Identifier: MIT */
#include "shared_memory.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

enum { SIZE = 1 << 20 };

Test(shared_memory, starts_all_zero_and_sees_what_the_other_side_writes) {
    struct shared_memory memory;
    cr_assert_eq(shared_memory_init(&memory, "test", SIZE, false), 0);
    const char *seen = memory.address;
    cr_assert_eq(seen[0], 0);
    cr_assert_eq(seen[SIZE - 1], 0);
    char *written = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, memory.fd, 0);
    cr_assert_neq(written, MAP_FAILED);
    written[SIZE - 1] = 'x';
    cr_assert_eq(seen[SIZE - 1], 'x');
    munmap(written, SIZE);
    shared_memory_finish(&memory);
}

Test(shared_memory, is_inherited_only_on_purpose) {
    struct shared_memory memory;
    cr_assert_eq(shared_memory_init(&memory, "test", SIZE, false), 0);
    cr_assert(fcntl(memory.fd, F_GETFD) & FD_CLOEXEC);
    shared_memory_finish(&memory);
}

Test(shared_memory, finishing_twice_or_never_begun_is_fine) {
    struct shared_memory memory = {0};
    shared_memory_finish(&memory);
    cr_assert_eq(shared_memory_init(&memory, "test", SIZE, true), 0);
    shared_memory_finish(&memory);
    shared_memory_finish(&memory);
    cr_assert_geq(fcntl(STDIN_FILENO, F_GETFD), 0);
}
