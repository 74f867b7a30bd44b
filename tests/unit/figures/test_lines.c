/* SPDX-License-Identifier: MIT */
#include "handmade_figures.h"
#include "lines.h"
#include "snapshot.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static struct figures *figures;
static struct lines lines;

static void setup(void) {
    figures = handmade_create();
}

static void teardown(void) {
    lines_finish(&lines);
    handmade_destroy(figures);
}

TestSuite(lines, .init = setup, .fini = teardown);

static void read_all(void) {
    lines_finish(&lines);
    cr_assert_eq(lines_read(&lines, figures), 0);
}

static const struct lines_row *row_of(uint32_t site) {
    for (size_t i = 0; i < lines.count; i++)
        if (lines.rows[i].site == site)
            return &lines.rows[i];
    return NULL;
}

Test(lines, figures_that_nobody_attached_to_give_an_empty_reading) {
    handmade_allocate(figures, FIGURES_STARTUP, FIGURES_TABLE, 56);
    figures->magic = 0;
    read_all();
    cr_assert_eq(lines.count, 0);
    cr_assert_eq(lines.live, 0);
}

Test(lines, only_sites_that_ever_allocated_have_rows) {
    uint32_t file = handmade_file(figures, "/a.lua");
    uint32_t silent = handmade_site(figures, file, 1), loud = handmade_site(figures, file, 2);
    handmade_allocate(figures, loud, FIGURES_STRING, 0);
    read_all();
    cr_assert_eq(lines.count, 1);
    cr_assert_null(row_of(silent));
    cr_assert_eq(row_of(loud)->line, 2);
    cr_assert_eq(row_of(loud)->source, file);
}

Test(lines, a_row_adds_up_its_kinds) {
    uint32_t site = handmade_site(figures, handmade_file(figures, "/a.lua"), 7);
    handmade_allocate(figures, site, FIGURES_TABLE, 56);
    handmade_allocate(figures, site, FIGURES_TABLE, 56);
    handmade_allocate(figures, site, FIGURES_BUFFER, 128);
    handmade_free(figures, site, FIGURES_TABLE, 56);
    figures->peak = 240;
    figures->collector = 184;
    read_all();
    const struct lines_row *row = row_of(site);
    cr_assert_eq(row->allocations, 3);
    cr_assert_eq(row->allocated, 240);
    cr_assert_eq(row->freed, 56);
    cr_assert_eq(row->live, 184);
    cr_assert_eq(row->growth, 184);
    cr_assert_eq(row->kinds[FIGURES_TABLE].allocations, 2);
    cr_assert_eq(row->kinds[FIGURES_TABLE].freed, 56);
    cr_assert_eq(row->kinds[FIGURES_BUFFER].allocated, 128);
    cr_assert_eq(lines.live, 184);
    cr_assert_eq(lines.peak, 240);
    cr_assert_eq(lines.collector, 184);
}

Test(lines, at_peak_is_the_noted_figure_only_if_the_cell_changed_since_the_peak) {
    uint32_t site = handmade_site(figures, handmade_file(figures, "/a.lua"), 1);
    struct figures_cell *cells = figures->sites[site].cells;
    figures->peaks = 9;
    cells[FIGURES_TABLE] = (struct figures_cell){
        .allocations = 4, .allocated = 400, .freed = 300, .at_peak = 350, .peak_seen = 9};
    cells[FIGURES_STRING] = (struct figures_cell){
        .allocations = 1, .allocated = 30, .freed = 10, .at_peak = 5, .peak_seen = 8};
    read_all();
    cr_assert_eq(row_of(site)->at_peak, 350 + 20);
}

/* ---- sorting ---- */

static uint32_t add(uint32_t source, uint32_t line, uint64_t allocated, uint64_t freed) {
    uint32_t site = handmade_site(figures, source, line);
    handmade_allocate(figures, site, FIGURES_TABLE, allocated);
    handmade_free(figures, site, FIGURES_TABLE, freed);
    return site;
}

static void expect_order(enum column_id by, size_t count, const uint32_t *sites) {
    read_all();
    lines_sort(&lines, figures, by);
    cr_assert_eq(lines.count, count);
    for (size_t i = 0; i < count; i++)
        cr_assert_eq(lines.rows[i].site, sites[i], "row %zu is site %u, not %u", i,
                     lines.rows[i].site, sites[i]);
}

#define EXPECT_ORDER(by, ...)                                                                      \
    expect_order(by, sizeof((uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t),                         \
                 (uint32_t[]){__VA_ARGS__})

Test(lines, figures_sort_descending) {
    uint32_t file = handmade_file(figures, "/a.lua");
    uint32_t a = add(file, 1, 100, 90), b = add(file, 2, 50, 0), c = add(file, 3, 70, 30);
    EXPECT_ORDER(COLUMN_GROWTH, b, c, a);
    EXPECT_ORDER(COLUMN_LIVE, b, c, a);
    EXPECT_ORDER(COLUMN_ALLOCATED, a, c, b);
    EXPECT_ORDER(COLUMN_FREED, a, c, b);
    handmade_allocate(figures, b, FIGURES_STRING, 1);
    EXPECT_ORDER(COLUMN_ALLOCATIONS, b, a, c);
    figures->sites[c].cells[FIGURES_TABLE].peak_seen = figures->peaks;
    figures->sites[c].cells[FIGURES_TABLE].at_peak = 70;
    EXPECT_ORDER(COLUMN_AT_PEAK, c, b, a);
}

Test(lines, growth_sorts_by_sign) {
    uint32_t file = handmade_file(figures, "/a.lua");
    uint32_t down = add(file, 1, 100, 0), up = add(file, 2, 10, 0);
    struct snapshot before;
    read_all();
    cr_assert_eq(snapshot_take(&before, &lines), 0);
    handmade_free(figures, down, FIGURES_TABLE, 50);
    read_all();
    snapshot_measure(&before, &lines);
    lines_sort(&lines, figures, COLUMN_GROWTH);
    cr_assert_eq(lines.rows[0].site, up);
    cr_assert_eq(lines.rows[1].site, down);
    snapshot_finish(&before);
}

Test(lines, ties_and_line_order_go_by_source_name_then_line) {
    uint32_t b = handmade_file(figures, "/b.lua"), a = handmade_file(figures, "/a.lua");
    uint32_t ab = handmade_file(figures, "/a.lua.b"),
             in = handmade_source(figures, "=stdin", 6, NULL);
    uint32_t b10 = add(b, 10, 8, 0), b9 = add(b, 9, 8, 0), a11 = add(a, 11, 8, 0);
    uint32_t ab1 = add(ab, 1, 8, 0), in1 = add(in, 1, 8, 0);
    EXPECT_ORDER(COLUMN_GROWTH, a11, ab1, b9, b10, in1);
    EXPECT_ORDER(COLUMN_LINE, a11, ab1, b9, b10, in1);
    handmade_allocate(figures, in1, FIGURES_TABLE, 1);
    EXPECT_ORDER(COLUMN_GROWTH, in1, a11, ab1, b9, b10);
}

Test(lines, one_file_under_two_names_sorts_as_one) {
    uint32_t plain = handmade_source(figures, "@a.lua", 6, "/a.lua");
    uint32_t dotted = handmade_source(figures, "@./a.lua", 8, "/a.lua");
    uint32_t p2 = add(plain, 2, 8, 0), d1 = add(dotted, 1, 8, 0), d2 = add(dotted, 2, 8, 0);
    EXPECT_ORDER(COLUMN_LINE, d1, p2, d2);
}

/* ---- names ---- */

static void expect_name_bytes(const char *chunk, size_t bytes, const char *expected) {
    uint32_t source = handmade_source(figures, chunk, bytes, NULL);
    struct lines_row row = {.site = 99, .source = source, .line = 1};
    char *name = lines_name(figures, &row);
    cr_assert_str_eq(name, expected);
    cr_assert_null(lines_path(figures, &row));
    free(name);
}

static void expect_name(const char *chunk, const char *expected) {
    expect_name_bytes(chunk, strlen(chunk), expected);
}

#define TEN "0123456789"

Test(lines, names_are_those_of_luas_messages) {
    expect_name("=stdin", "stdin");
    expect_name("=(startup)", "(startup)");
    expect_name("=", "");
    expect_name("@gone.lua", "gone.lua");
    expect_name("return 1", "[string \"return 1\"]");
    expect_name("", "[string \"\"]");
    expect_name("a = 1\nb = 2", "[string \"a = 1...\"]");
    expect_name("\n", "[string \"...\"]");
}

/* What Lua 5.4's error messages show for such names (LUA_IDSIZE is 60, its NUL included). */
Test(lines, long_names_are_cut_as_lua_cuts_them) {
    expect_name("=" TEN TEN TEN TEN TEN "012345678", TEN TEN TEN TEN TEN "012345678");
    expect_name("=" TEN TEN TEN TEN TEN TEN, TEN TEN TEN TEN TEN "012345678");
    expect_name("@" TEN TEN TEN TEN TEN "012345678", TEN TEN TEN TEN TEN "012345678");
    expect_name("@" TEN TEN TEN TEN TEN TEN, "...456789" TEN TEN TEN TEN TEN);
    expect_name(TEN TEN TEN TEN "0123", "[string \"" TEN TEN TEN TEN "0123\"]");
    expect_name(TEN TEN TEN TEN "01234", "[string \"" TEN TEN TEN TEN "01234...\"]");
    expect_name(TEN TEN TEN TEN TEN "\n", "[string \"" TEN TEN TEN TEN "01234...\"]");
}

Test(lines, bytes_that_are_no_text_are_escaped_in_names) {
    expect_name_bytes("=a\0b\xff", 5, "a\\x00b\\xFF");
    expect_name_bytes("x\0\n", 3, "[string \"x\\x00...\"]");
    expect_name("=h\xc3\xa9", "h\xc3\xa9");
}

Test(lines, a_file_has_its_path) {
    uint32_t source = handmade_source(figures, "@lib/a.lua", 10, "/home/lib/a.lua");
    struct lines_row row = {.site = 99, .source = source};
    cr_assert_str_eq(lines_path(figures, &row), "/home/lib/a.lua");
    char *name = lines_name(figures, &row);
    cr_assert_str_eq(name, "lib/a.lua");
    free(name);
}

Test(lines, scribbled_figures_are_survived) {
    uint32_t source = handmade_file(figures, "/a.lua");
    uint32_t site = add(source, 1, 8, 0);
    figures->sites[site].source = 0xffffffff;
    figures->sites[FIGURES_C].cells[0].allocations = 1;
    figures->sources[figures->sites[FIGURES_C].source] =
        (struct figures_source){.name = FIGURES_MAX_TEXT - 1, .name_bytes = 2, .path = UINT32_MAX};
    read_all();
    lines_sort(&lines, figures, COLUMN_LINE);
    for (size_t i = 0; i < lines.count; i++) {
        char *name = lines_name(figures, &lines.rows[i]);
        cr_assert_str_eq(name, "?");
        cr_assert_null(lines_path(figures, &lines.rows[i]));
        free(name);
    }
    figures->site_count = UINT32_MAX;
    figures->source_count = UINT32_MAX;
    read_all();
    cr_assert_eq(lines.count, 2);
}

/* ---- the last place ---- */

static void expect_last_place(const char *wanted) {
    char *text = lines_last_place(figures);
    if (wanted == NULL)
        cr_assert_null(text);
    else
        cr_assert_str_eq(text, wanted);
    free(text);
}

Test(lines, last_place_is_a_place_in_a_file) {
    figures->last_site = handmade_site(figures, handmade_file(figures, "/a b.lua"), 7);
    expect_last_place("/a b.lua:7");
}

Test(lines, last_place_of_a_file_whose_name_is_no_text_is_text) {
    figures->last_site = handmade_site(figures, handmade_file(figures, "/\xff.lua"), 7);
    expect_last_place("/\\xFF.lua:7");
}

Test(lines, last_place_of_a_string_has_its_beginning) {
    uint32_t source = handmade_source(figures, "return 1", 8, NULL);
    figures->last_site = handmade_site(figures, source, 1);
    expect_last_place("[string \"return 1\"]:1");
}

Test(lines, last_place_is_not_known_without_figures) {
    cr_assert_null(lines_last_place(NULL));
    figures->last_site = handmade_site(figures, handmade_file(figures, "/a.lua"), 7);
    figures->magic = 0;
    expect_last_place(NULL);
}

Test(lines, last_place_is_none_where_no_line_took_memory) {
    expect_last_place(NULL);
    figures->last_site = FIGURES_C;
    expect_last_place(NULL);
    figures->last_site = handmade_site(figures, handmade_file(figures, "/a.lua"), 0);
    expect_last_place(NULL);
}

Test(lines, last_place_survives_a_program_that_scribbled_over_it) {
    figures->last_site = UINT32_MAX;
    expect_last_place(NULL);
    figures->last_site = FIGURES_MAX_SITES;
    figures->site_count = UINT32_MAX;
    expect_last_place(NULL);
    figures->site_count = FIGURES_PSEUDO_SITES + 1;
    figures->last_site = FIGURES_PSEUDO_SITES;
    figures->sites[FIGURES_PSEUDO_SITES].line = 3;
    figures->sites[FIGURES_PSEUDO_SITES].source = UINT32_MAX;
    free(lines_last_place(figures));
}
