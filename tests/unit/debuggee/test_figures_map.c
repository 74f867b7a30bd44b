/* SPDX-License-Identifier: MIT */
#include "figures_map.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

Test(figures_map, starts_all_zero_and_sees_what_the_other_side_writes) {
    struct figures_map map;
    cr_assert_eq(figures_map_init(&map), 0);
    cr_assert_eq(map.figures->magic, 0);
    cr_assert_eq(map.figures->text[FIGURES_MAX_TEXT - 1], 0);
    struct figures *written =
        mmap(NULL, sizeof *written, PROT_READ | PROT_WRITE, MAP_SHARED, map.fd, 0);
    cr_assert_neq(written, MAP_FAILED);
    written->magic = FIGURES_MAGIC;
    cr_assert_eq(map.figures->magic, 0, "until it is read");
    figures_map_read(&map);
    cr_assert_eq(map.figures->magic, FIGURES_MAGIC);
    written->magic = 1;
    cr_assert_eq(map.figures->magic, FIGURES_MAGIC, "a reading stands still");
    munmap(written, sizeof *written);
    figures_map_finish(&map);
}

Test(figures_map, is_inherited_only_on_purpose) {
    struct figures_map map;
    cr_assert_eq(figures_map_init(&map), 0);
    cr_assert(fcntl(map.fd, F_GETFD) & FD_CLOEXEC);
    figures_map_finish(&map);
}

Test(figures_map, finishing_twice_or_never_begun_is_fine) {
    struct figures_map map = {0};
    figures_map_finish(&map);
    cr_assert_eq(figures_map_init(&map), 0);
    figures_map_finish(&map);
    figures_map_finish(&map);
    cr_assert_geq(fcntl(STDIN_FILENO, F_GETFD), 0);
}
