/* SPDX-License-Identifier: MIT */
#include "line_map.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char folder[] = "/tmp/luaheat-test-XXXXXX";
static struct line_map_cache maps;

static void start(void) {
    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(chdir(folder), 0);
}

static void finish(void) {
    line_map_cache_finish(&maps);
    cr_assert_eq(system("rm -r \"$PWD\""), 0);
}

TestSuite(line_map_cache, .init = start, .fini = finish);

static const char *file(int number) {
    static char name[20];
    snprintf(name, sizeof name, "%d.lua", number);
    return name;
}

static void write_file(const char *name, const char *code) {
    FILE *stream = fopen(name, "w");
    fputs(code, stream);
    fclose(stream);
}

static const struct line_map *get(const char *name) {
    char *problem;
    const struct line_map *map = line_map_cache_get(&maps, name, &problem);
    free(problem);
    return map;
}

/* A line that no file has, in a map that is kept. */
enum { MARK = 4711 };

static void mark(const char *name) {
    get(name)->items[0].line = MARK;
}

static bool is_marked(const char *name) {
    return get(name)->items[0].line == MARK;
}

Test(line_map_cache, a_file_is_read_once) {
    write_file("a.lua", "x = 1");
    write_file("b.lua", "x = 1");
    mark("a.lua");
    cr_assert_not(is_marked("b.lua"));
    cr_assert(is_marked("a.lua"));
}

Test(line_map_cache, a_file_that_has_changed_is_read_again) {
    write_file("a.lua", "x = 1");
    mark("a.lua");
    write_file("a.lua", "\nx = 12");
    cr_assert_eq(get("a.lua")->items[0].line, 2);
}

Test(line_map_cache, what_cannot_be_read_is_tried_again) {
    cr_assert_null(get("a.lua"));
    write_file("a.lua", "x = ");
    cr_assert_null(get("a.lua"));
    write_file("a.lua", "x = 1");
    cr_assert_eq(get("a.lua")->items[0].line, 1);
}

Test(line_map_cache, the_file_asked_about_longest_ago_makes_way) {
    for (int i = 0; i < LINE_MAP_CACHE_FILES; i++) {
        write_file(file(i), "x = 1");
        mark(file(i));
    }
    cr_assert(is_marked(file(0)));
    write_file("another.lua", "x = 1");
    get("another.lua");
    for (int i = 2; i < LINE_MAP_CACHE_FILES; i++)
        cr_expect(is_marked(file(i)), "%d", i);
    cr_expect(is_marked(file(0)));
    cr_expect_not(is_marked(file(1)));
}
