/* SPDX-License-Identifier: MIT */
#include "figures_copy.h"
#include "handmade_figures.h"

#include <criterion/criterion.h>

Test(figures_copy, starts_all_zero_and_has_what_was_written_when_it_is_read) {
    struct figures *written = handmade_create();
    struct figures_copy copy;
    cr_assert_eq(figures_copy_init(&copy, written), 0);
    cr_assert_eq(copy.figures->magic, 0, "until it is read");
    cr_assert_eq(copy.figures->text[FIGURES_MAX_TEXT - 1], 0);
    figures_copy_read(&copy);
    cr_assert_eq(copy.figures->magic, FIGURES_MAGIC);
    written->magic = 1;
    cr_assert_eq(copy.figures->magic, FIGURES_MAGIC, "a reading stands still");
    figures_copy_finish(&copy);
    handmade_destroy(written);
}

Test(figures_copy, finishing_twice_or_never_begun_is_fine) {
    static struct figures written;
    struct figures_copy copy = {0};
    figures_copy_finish(&copy);
    cr_assert_eq(figures_copy_init(&copy, &written), 0);
    figures_copy_finish(&copy);
    figures_copy_finish(&copy);
    cr_assert_null(copy.figures);
}
