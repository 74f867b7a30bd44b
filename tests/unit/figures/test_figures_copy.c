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

Test(figures_copy, of_the_sites_alone_nothing_else_is_read) {
    struct figures *written = handmade_create();
    struct figures_copy copy;
    uint32_t site = handmade_site(written, handmade_file(written, "/a.lua"), 1);
    cr_assert_eq(figures_copy_init(&copy, written), 0);
    figures_copy_read_sites(&copy);
    cr_assert_eq(copy.figures->magic, FIGURES_MAGIC, "it may be the first reading");
    figures_copy_read(&copy);
    handmade_allocate(written, site, FIGURES_TABLE, 56);
    uint32_t later = handmade_site(written, handmade_file(written, "/b.lua"), 2);
    handmade_allocate(written, later, FIGURES_TABLE, 100);
    written->windows.stop_epoch = 7;
    figures_copy_read_sites(&copy);
    cr_assert_eq(copy.figures->live, written->live);
    cr_assert_eq(copy.figures->site_count, written->site_count);
    cr_assert_eq(copy.figures->sites[site].cells[FIGURES_TABLE].allocated, 56);
    cr_assert_eq(copy.figures->sites[later].cells[FIGURES_TABLE].allocated, 100);
    cr_assert_eq(copy.figures->windows.stop_epoch, 0);
    cr_assert_eq(copy.figures->source_count, written->source_count - 1);
    figures_copy_finish(&copy);
    handmade_destroy(written);
}

/* As when a block turns out to be of another kind. */
Test(figures_copy, what_is_taken_away_again_is_gone_in_it) {
    struct figures *written = handmade_create();
    struct figures_copy copy;
    uint32_t site = handmade_site(written, handmade_file(written, "/a.lua"), 1);
    cr_assert_eq(figures_copy_init(&copy, written), 0);
    handmade_allocate(written, site, FIGURES_TABLE, 56);
    figures_copy_read(&copy);
    cr_assert_eq(copy.figures->sites[site].cells[FIGURES_TABLE].allocated, 56);
    written->sites[site].cells[FIGURES_TABLE].allocations = 0;
    written->sites[site].cells[FIGURES_TABLE].allocated = 0;
    figures_copy_read(&copy);
    cr_assert_eq(copy.figures->sites[site].cells[FIGURES_TABLE].allocations, 0);
    cr_assert_eq(copy.figures->sites[site].cells[FIGURES_TABLE].allocated, 0);
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
