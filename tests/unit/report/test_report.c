/* SPDX-License-Identifier: MIT */
#include "handmade_figures.h"
#include "report_table.h"

#include <cJSON.h>
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct figures *figures;
static struct lines lines;
static char script[] = "/tmp/luaheat-report-XXXXXX";
static char *text;

static void write_script(void) {
    FILE *file = fdopen(mkstemp(script), "w");
    fputs("local t = {}\n\tt[1] = {}\n\x1b[31m = 'red'\n", file);
    for (int i = 0; i < 30; i++)
        fputs("long and longer, ", file);
    fclose(file);
}

static void setup(void) {
    figures = handmade_create();
    write_script();
}

static void teardown(void) {
    unlink(script);
    free(text);
    lines_finish(&lines);
    handmade_destroy(figures);
}

TestSuite(report, .init = setup, .fini = teardown);

static struct report read_report(enum column_id sort, size_t top) {
    lines_finish(&lines);
    cr_assert_eq(lines_read(&lines, figures), 0);
    lines_sort(&lines, figures, sort);
    return (struct report){.figures = figures, .lines = &lines, .sort = sort, .top = top};
}

static void add(uint32_t source, uint32_t line, uint64_t bytes) {
    handmade_allocate(figures, handmade_site(figures, source, line), FIGURES_TABLE, bytes);
}

/* The report in one of its forms, as text. */
static void print(int (*form)(FILE *, const struct report *), enum column_id sort, size_t top) {
    struct report report = read_report(sort, top);
    size_t size;
    free(text);
    FILE *file = open_memstream(&text, &size);
    cr_assert_eq(form(file, &report), 0);
    fclose(file);
}

static void print_table(struct screen screen, enum column_id sort, size_t top) {
    struct report report = read_report(sort, top);
    size_t size;
    free(text);
    FILE *file = open_memstream(&text, &size);
    cr_assert_eq(report_table(file, &report, &screen), 0);
    fclose(file);
}

static void expect_text(const char *part) {
    cr_assert_not_null(strstr(text, part), "no \"%s\" in:\n%s", part, text);
}

static void expect_no_text(const char *part) {
    cr_assert_null(strstr(text, part), "\"%s\" in:\n%s", part, text);
}

/* ---- CSV ---- */

Test(report, csv_has_the_promised_header_and_a_row_a_site) {
    handmade_allocate(figures, FIGURES_STARTUP, FIGURES_TABLE, 56);
    uint32_t site = handmade_site(figures, handmade_file(figures, "/home/a.lua"), 7);
    handmade_allocate(figures, site, FIGURES_TABLE, 100);
    handmade_free(figures, site, FIGURES_TABLE, 30);
    figures->sites[site].cells[FIGURES_TABLE].at_peak = 100;
    figures->sites[site].cells[FIGURES_TABLE].peak_seen = figures->peaks;
    print(report_csv, COLUMN_GROWTH, 0);
    cr_assert_str_eq(text, "source,line,allocations,allocated,freed,live,at_peak,objects\n"
                           "/home/a.lua,7,1,100,30,70,100,1\n"
                           "(startup),0,1,56,0,56,56,1\n");
}

Test(report, csv_quotes_what_would_break_a_field) {
    static const char chunk[] = "f(\"a\", 1)";
    add(handmade_source(figures, chunk, sizeof chunk - 1, NULL), 1, 8);
    add(handmade_file(figures, "/a\nb\r.lua"), 1, 8);
    print(report_csv, COLUMN_LINE, 0);
    expect_text("\n\"[string \"\"f(\"\"a\"\", 1)\"\"]\",1,1,8,0,8,8,1\n");
    expect_text("\n\"/a\nb\r.lua\",1,1,8,0,8,8,1\n");
}

Test(report, csv_of_nothing_is_its_header) {
    print(report_csv, COLUMN_GROWTH, 0);
    cr_assert_str_eq(text, "source,line,allocations,allocated,freed,live,at_peak,objects\n");
}

/* ---- JSON ---- */

static double number(const cJSON *object, const char *name) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    cr_assert(cJSON_IsNumber(item), "%s", name);
    return item->valuedouble;
}

Test(report, json_has_the_heap_and_a_row_a_site) {
    uint32_t site = handmade_site(figures, handmade_file(figures, "/home/a.lua"), 7);
    handmade_allocate(figures, site, FIGURES_TABLE, 56);
    handmade_allocate(figures, site, FIGURES_BUFFER, 128);
    handmade_free(figures, site, FIGURES_BUFFER, 28);
    figures->peak = 200;
    figures->collector = 156;
    print(report_json, COLUMN_GROWTH, 0);

    cJSON *json = cJSON_Parse(text);
    const cJSON *heap = cJSON_GetObjectItem(json, "heap"),
                *rows = cJSON_GetObjectItem(json, "lines");
    cr_assert_eq(number(heap, "live"), 156);
    cr_assert_eq(number(heap, "peak"), 200);
    cr_assert_eq(number(heap, "collector"), 156);
    cr_assert_eq(cJSON_GetArraySize(rows), 1);
    const cJSON *row = cJSON_GetArrayItem(rows, 0);
    cr_assert_str_eq(cJSON_GetStringValue(cJSON_GetObjectItem(row, "source")), "/home/a.lua");
    cr_assert_eq(number(row, "line"), 7);
    cr_assert_eq(number(row, "allocations"), 2);
    cr_assert_eq(number(row, "allocated"), 184);
    cr_assert_eq(number(row, "freed"), 28);
    cr_assert_eq(number(row, "live"), 156);
    cr_assert_eq(number(row, "growth"), 156);
    cr_assert_eq(number(row, "at_peak"), 156);
    const cJSON *kinds = cJSON_GetObjectItem(row, "kinds");
    cr_assert_eq(cJSON_GetArraySize(kinds), 2);
    cr_assert_eq(number(cJSON_GetObjectItem(kinds, "table"), "allocated"), 56);
    cr_assert_eq(number(cJSON_GetObjectItem(kinds, "buffer"), "live"), 100);
    cr_assert_eq(number(cJSON_GetObjectItem(kinds, "buffer"), "freed"), 28);
    cJSON_Delete(json);
}

Test(report, json_keeps_every_digit) {
    add(handmade_file(figures, "/a.lua"), 1, UINT64_C(1000000000000000));
    add(handmade_file(figures, "/b.lua"), 1, UINT64_C(9007199254740991));
    print(report_json, COLUMN_GROWTH, 0);
    expect_text("\"allocated\":1000000000000000,");
    expect_text("\"growth\":9007199254740991,");
}

Test(report, json_is_valid_whatever_bytes_names_hold) {
    add(handmade_file(figures, "/a\xff\"\n.lua"), 1, 8);
    static const char chunk[] = "=a\0\x01\xc3";
    add(handmade_source(figures, chunk, sizeof chunk - 1, NULL), 1, 7);
    print(report_json, COLUMN_GROWTH, 0);
    cJSON *json = cJSON_Parse(text);
    const cJSON *rows = cJSON_GetObjectItem(json, "lines");
    const cJSON *first = cJSON_GetArrayItem(rows, 0), *second = cJSON_GetArrayItem(rows, 1);
    cr_assert_str_eq(cJSON_GetStringValue(cJSON_GetObjectItem(first, "source")), "/a\\xFF\"\n.lua");
    cr_assert_str_eq(cJSON_GetStringValue(cJSON_GetObjectItem(second, "source")),
                     "a\\x00\x01\\xC3");
    cJSON_Delete(json);
}

Test(report, json_holds_the_text_of_lines_that_can_be_read) {
    uint32_t file = handmade_file(figures, script);
    add(file, 2, 24);
    add(file, 3, 16);
    add(handmade_file(figures, "/no/such/file.lua"), 1, 8);
    handmade_allocate(figures, FIGURES_STARTUP, FIGURES_TABLE, 4);
    print(report_json, COLUMN_GROWTH, 0);
    cJSON *json = cJSON_Parse(text);
    const char *const expected[] = {"t[1] = {}", "\x1b[31m = 'red'", NULL, NULL};
    for (int i = 0; i < 4; i++) {
        const cJSON *row = cJSON_GetArrayItem(cJSON_GetObjectItem(json, "lines"), i);
        const char *shown = cJSON_GetStringValue(cJSON_GetObjectItem(row, "text"));
        if (expected[i] != NULL)
            cr_assert_str_eq(shown, expected[i]);
        else
            cr_assert_null(shown);
    }
    cJSON_Delete(json);
}

Test(report, json_tells_how_many_rows_it_leaves_out) {
    add(handmade_file(figures, "/a.lua"), 1, 8);
    add(handmade_file(figures, "/b.lua"), 1, 8);
    print(report_json, COLUMN_GROWTH, 0);
    expect_text("\"left_out\":0,");
    print(report_json, COLUMN_GROWTH, 1);
    expect_text("\"left_out\":1,");
}

Test(report, json_of_nothing_is_valid) {
    print(report_json, COLUMN_GROWTH, 0);
    cJSON *json = cJSON_Parse(text);
    cr_assert_eq(cJSON_GetArraySize(cJSON_GetObjectItem(json, "lines")), 0);
    cJSON_Delete(json);
}

Test(report, top_takes_the_first_rows) {
    uint32_t file = handmade_file(figures, "/a.lua");
    for (uint32_t i = 1; i <= 9; i++)
        add(file, i, i);
    print(report_json, COLUMN_ALLOCATED, 2);
    expect_text("\"line\":9,");
    expect_text("\"line\":8,");
    expect_no_text("\"line\":7,");
    print(report_csv, COLUMN_LINE, 1);
    expect_text("/a.lua,1,");
    expect_no_text("/a.lua,2,");
}

/* ---- the table ---- */

static const struct screen plain = {0};

Test(report, the_table_shows_figures_place_and_text) {
    uint32_t file = handmade_file(figures, script);
    handmade_allocate(figures, FIGURES_STARTUP, FIGURES_TABLE, 21034);
    add(file, 2, 184000);
    add(file, 1, 56);
    figures->peak = 1234567;
    figures->collector = figures->live;
    print_table((struct screen){.cwd = "/tmp"}, COLUMN_GROWTH, 20);
    const char *name = script + strlen("/tmp/");
    char expected[512];
    snprintf(expected, sizeof expected,
             " growth  allocs  allocated  freed     live  at peak\n"
             "184,000       1    184,000      0  184,000  184,000  █ %s:2  t[1] = {}\n"
             "     56       1         56      0       56       56  ▁ %s:1  local t = {}\n"
             "\n"
             " 21,034       1     21,034      0   21,034   21,034    (startup) ",
             name, name);
    expect_text(expected);
    expect_text("Heap: 205,090 bytes at the end, the same as Lua's own count; "
                "1,234,567 at its peak\n");
    expect_no_text("\x1b");
}

Test(report, the_table_has_the_column_it_is_sorted_by) {
    uint32_t file = handmade_file(figures, "/a.lua");
    add(file, 1, 9000);
    uint32_t many = handmade_site(figures, file, 2);
    handmade_allocate(figures, many, FIGURES_TABLE, 56);
    handmade_allocate(figures, many, FIGURES_STRING, 30);
    print_table(plain, COLUMN_GROWTH, 0);
    expect_no_text("objects");
    print_table(plain, COLUMN_OBJECTS, 0);
    expect_text(", by objects");
    expect_text("at peak  objects\n");
    cr_assert_lt(strstr(text, "/a.lua:2"), strstr(text, "/a.lua:1"));
}

Test(report, only_paths_inside_the_folder_are_shortened) {
    add(handmade_file(figures, "/home/me/src/a.lua"), 1, 90000);
    add(handmade_file(figures, "/home/me2/b.lua"), 1, 80000);
    add(handmade_file(figures, "/c.lua"), 1, 70000);
    print_table((struct screen){.cwd = "/home/me"}, COLUMN_GROWTH, 0);
    expect_text("█ src/a.lua:1\n");
    expect_text("█ /home/me2/b.lua:1\n");
    print_table((struct screen){.cwd = "/"}, COLUMN_GROWTH, 0);
    expect_text("█ c.lua:1\n");
    print_table(plain, COLUMN_GROWTH, 0);
    expect_text("█ /home/me/src/a.lua:1\n");
}

Test(report, the_table_says_what_it_leaves_out) {
    uint32_t file = handmade_file(figures, "/a.lua");
    handmade_allocate(figures, FIGURES_STARTUP, FIGURES_TABLE, 999999);
    for (uint32_t i = 1; i <= 5; i++)
        add(file, i, 1000 * i);
    print_table(plain, COLUMN_GROWTH, 2);
    expect_text("/a.lua:5");
    expect_text("/a.lua:4");
    expect_no_text("/a.lua:3");
    expect_text("and 3 more lines with a growth of 6,000 together; --top 0 shows all\n");
    expect_text("(startup)");
    print_table(plain, COLUMN_GROWTH, 4);
    expect_text("and 1 more line with");
    print_table(plain, COLUMN_GROWTH, 5);
    expect_no_text("more line");
    print_table(plain, COLUMN_GROWTH, 0);
    expect_no_text("more line");
}

Test(report, heat_follows_the_order_and_ignores_the_pseudo_lines) {
    uint32_t file = handmade_file(figures, "/a.lua");
    handmade_allocate(figures, FIGURES_STARTUP, FIGURES_TABLE, 1 << 20);
    add(file, 1, 100000);
    handmade_free(figures, FIGURES_PSEUDO_SITES, FIGURES_TABLE, 100000);
    add(file, 2, 20000);
    print_table(plain, COLUMN_ALLOCATED, 0);
    expect_text("█ /a.lua:1");
    expect_text("▆ /a.lua:2");
    print_table(plain, COLUMN_GROWTH, 0);
    expect_text("█ /a.lua:2");
    expect_text("  /a.lua:1");
}

Test(report, program_text_cannot_steer_the_terminal) {
    add(handmade_file(figures, script), 3, 8);
    add(handmade_source(figures, "=\x1b[2Jx", 6, NULL), 1, 8);
    print_table(plain, COLUMN_GROWTH, 0);
    expect_text("\\x1B[31m = 'red'");
    expect_text("\\x1B[2Jx:1");
    expect_no_text("\x1b");
}

/* In characters, all of which take one column here. */
static size_t width_of(const char *row) {
    size_t width = 0;
    for (; *row != '\0'; row++)
        width += (*row & 0xc0) != 0x80;
    return width;
}

static size_t widest_row(void) {
    size_t widest = 0;
    for (char *row = strtok(text, "\n"); row != NULL; row = strtok(NULL, "\n")) {
        size_t width = width_of(row);
        if (strstr(row, "Heap") == NULL && width > widest)
            widest = width;
    }
    return widest;
}

Test(report, rows_fit_the_terminal) {
    add(handmade_file(figures, script), 4, 184000);
    add(handmade_file(figures, "/a/very/long/way/down/to/a/file/that/lies/deep/below.lua"), 12, 9);
    print_table((struct screen){.columns = 120}, COLUMN_GROWTH, 0);
    expect_text("long and longer, lo");
    expect_text("below.lua:12");
    cr_assert_eq(widest_row(), 120);
    print_table((struct screen){.columns = 80}, COLUMN_GROWTH, 0);
    cr_assert_leq(widest_row(), 80);
    print_table((struct screen){.columns = 1}, COLUMN_GROWTH, 0);
    expect_text("…");
}

Test(report, without_a_terminal_the_text_has_eighty_columns) {
    add(handmade_file(figures, script), 4, 184000);
    print_table(plain, COLUMN_GROWTH, 0);
    const char *start = strstr(text, "long and");
    cr_assert_eq(strcspn(start, "\n"), 79 + strlen("…"));
}

Test(report, colours_never_stand_alone) {
    add(handmade_file(figures, "/a.lua"), 1, 80000);
    print_table((struct screen){.columns = 120, .colours = true}, COLUMN_GROWTH, 0);
    expect_text("\x1b[1;38;5;196m█\x1b[0m");
    print_table((struct screen){.columns = 120}, COLUMN_GROWTH, 0);
    expect_text("█");
    expect_no_text("\x1b");
}

Test(report, the_heap_line_tells_what_is_known) {
    add(handmade_file(figures, "/a.lua"), 1, 8);
    print_table(plain, COLUMN_GROWTH, 0);
    expect_text("Heap: 8 bytes at the end; 0 at its peak");
    figures->collector = 5;
    print_table(plain, COLUMN_GROWTH, 0);
    expect_text("8 bytes at the end, 3 of them beside Lua's own count;");
}

Test(report, a_failure_to_write_is_reported) {
    struct report report = read_report(COLUMN_GROWTH, 0);
    FILE *full = fopen("/dev/full", "w");
    cr_assert_lt(report_csv(full, &report), 0);
    fclose(full);
    full = fopen("/dev/full", "w");
    cr_assert_lt(report_json(full, &report), 0);
    fclose(full);
    full = fopen("/dev/full", "w");
    cr_assert_lt(report_table(full, &report, &plain), 0);
    fclose(full);
}
