/* SPDX-License-Identifier: MIT */
#include "table.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static const char *const titles[] = {"one", "a long one"};
static const struct screen plain = {0};

/* Two rows on the screen, as text. The caller's to free(). */
static char *print(const struct screen *screen, const char *place, const char *line) {
    char *text;
    size_t size;
    struct table table = {.screen = screen, .titles = titles, .numbers = 2};
    table.file = open_memstream(&text, &size);
    cr_assert_eq(table_init(&table, 2), 0);
    for (int i = 0; i < 2; i++) {
        struct table_row *row = &table.rows[i];
        *row = (struct table_row){.mark = "*",
                                  .mark_style = "",
                                  .style = "",
                                  .place = screen_escape(place, strlen(place) - (size_t)i),
                                  .text = screen_escape(line, strlen(line))};
        row->numbers[0] = (struct table_number){"1", ""};
        row->numbers[1] = (struct table_number){"22,000", "1"};
    }
    table_fit(&table);
    table_print_titles(&table, 1);
    table_print_row(&table, &table.rows[0]);
    table_print_row(&table, &table.rows[1]);
    table_finish(&table);
    fclose(table.file);
    return text;
}

Test(table, columns_stand_below_each_other) {
    char *text = print(&plain, "a.lua:12", "x = 1");
    cr_assert_str_eq(text, "one  a long one\n"
                           "  1      22,000  * a.lua:12  x = 1\n"
                           "  1      22,000  * a.lua:1   x = 1\n");
    free(text);
}

Test(table, without_text_nothing_follows_the_place) {
    char *text = print(&plain, "a.lua:12", "");
    cr_assert_not_null(strstr(text, "a.lua:12\n"));
    free(text);
}

Test(table, colours_are_the_screens) {
    const struct screen screen = {.colours = true};
    char *text = print(&screen, "a.lua:12", "x = 1");
    cr_assert_not_null(strstr(text, "\x1b[2mone\x1b[0m"));
    cr_assert_not_null(strstr(text, "\x1b[1ma long one\x1b[0m"));
    cr_assert_not_null(strstr(text, "\x1b[1m22,000\x1b[0m"));
    free(text);
}

/* 50 columns: 5 and 12 for the numbers, 2 for the mark; half of the other 31 for places, and what
   they and two blanks leave for the text. */
Test(table, a_narrow_screen_cuts_places_in_front_and_texts_behind) {
    const struct screen screen = {.columns = 50};
    char *text = print(&screen, "a/long/way/to/the/file.lua:12", "a long line of the program");
    cr_assert_not_null(strstr(text, "* …he/file.lua:12  a long line o…\n"), "%s", text);
    free(text);
}

Test(table_heat, each_level_is_four_times_the_one_below) {
    cr_assert_eq(table_heat(1 << 20, 1 << 20), 5);
    cr_assert_eq(table_heat((1 << 18) + 1, 1 << 20), 5);
    cr_assert_eq(table_heat(1 << 18, 1 << 20), 4);
    cr_assert_eq(table_heat((1 << 16) + 1, 1 << 20), 4);
    cr_assert_eq(table_heat(1 << 16, 1 << 20), 3);
    cr_assert_eq(table_heat(1 << 14, 1 << 20), 2);
    cr_assert_eq(table_heat(1 << 12, 1 << 20), 1);
    cr_assert_eq(table_heat(1, INT64_MAX), 1);
}

Test(table_heat, few_bytes_are_not_hot_though_no_line_has_more) {
    cr_assert_eq(table_heat(25, 25), 1);
    cr_assert_eq(table_heat(1025, 1025), 3);
    cr_assert_eq(table_heat(TABLE_HEAT_FLOOR / 4, TABLE_HEAT_FLOOR / 4), 4);
    cr_assert_eq(table_heat(TABLE_HEAT_FLOOR / 4 + 1, TABLE_HEAT_FLOOR / 4 + 1), 5);
}

Test(table_heat, nothing_and_less_are_cold) {
    cr_assert_eq(table_heat(0, 1024), 0);
    cr_assert_eq(table_heat(-5, 1024), 0);
    cr_assert_eq(table_heat(0, 0), 0);
}

Test(table_heat, the_shape_alone_tells_the_level) {
    for (int a = 0; a <= TABLE_HEAT_LEVELS; a++)
        for (int b = 0; b < a; b++)
            cr_assert_str_neq(table_heat_shape(a), table_heat_shape(b));
}
