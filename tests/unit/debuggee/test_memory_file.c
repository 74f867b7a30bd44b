/* SPDX-License-Identifier: MIT */
#include "memory_file.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SIZE = 1 << 20 };

static char *map(int fd) {
    char *memory = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    cr_assert_neq(memory, MAP_FAILED);
    return memory;
}

Test(memory_file, is_zero_of_its_size_and_inherited_only_on_purpose) {
    int fd = memory_file_create("a name", SIZE);
    struct stat status;
    cr_assert_geq(fd, 0);
    cr_assert_eq(fstat(fd, &status), 0);
    cr_assert_eq(status.st_size, SIZE);
    cr_assert(fcntl(fd, F_GETFD) & FD_CLOEXEC);
    char *memory = map(fd);
    cr_assert_eq(memory[0], 0);
    cr_assert_eq(memory[SIZE - 1], 0);
    munmap(memory, SIZE);
    close(fd);
}

Test(memory_file, costs_nothing_before_it_is_written_to) {
    struct stat status;
    int fd = memory_file_create("big", (size_t)1 << 32);
    cr_assert_geq(fd, 0);
    cr_assert_eq(fstat(fd, &status), 0);
    cr_assert_eq(status.st_blocks, 0);
    close(fd);
}

Test(memory_file, is_shared_by_who_maps_it_and_outlives_its_descriptor) {
    int fd = memory_file_create("shared", SIZE);
    char *mine = map(fd), *theirs = map(fd);
    close(fd);
    mine[17] = 4;
    cr_assert_eq(theirs[17], 4);
}

Test(memory_file, two_of_one_name_are_two) {
    int a = memory_file_create("same", SIZE), b = memory_file_create("same", SIZE);
    cr_assert_geq(b, 0);
    map(a)[0] = 1;
    cr_assert_eq(map(b)[0], 0);
}

/* As long as any, in a process of as long a number as any. */
Test(memory_file, of_the_longest_name) {
    char name[MEMORY_FILE_NAME + 1] = {0};
    memset(name, 'n', MEMORY_FILE_NAME);
    cr_assert_geq(memory_file_create(name, SIZE), 0);
}

Test(memory_file, without_a_descriptor_left_there_is_none) {
    while (dup(STDIN_FILENO) >= 0)
        ;
    cr_assert_eq(memory_file_create("one too many", SIZE), -EMFILE);
}

#ifdef SEALS
Test(memory_file, cannot_be_shrunk_under_the_reader) {
    int fd = memory_file_create("sealed", SIZE);
    cr_assert_lt(ftruncate(fd, 0), 0);
    cr_assert_eq(map(fd)[SIZE - 1], 0);
}
#endif
