/* SPDX-License-Identifier: MIT */
/* What the formats make of figures by hand; other programs read real ones in tests/run. */
#include "call_tree.h"
#include "export.h"
#include "handmade_figures.h"
#include "manual.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct figures *figures;

static void open_figures(void) {
    figures = handmade_create();
    figures->stacks.mean = 65536;
    figures->stacks.text_bytes = 1;
    figures->stacks.function_count = STACKS_PSEUDO_FUNCTIONS;
    figures->stacks.node_count = STACKS_FIRST_NODE;
    for (int i = 0; i < STACKS_PSEUDO_FUNCTIONS; i++)
        figures->stacks.functions[i].source = STACKS_NO_SOURCE;
}

static void close_figures(void) {
    handmade_destroy(figures);
}

TestSuite(exports, .init = open_figures, .fini = close_figures);

static uint32_t function(uint32_t source, uint32_t line, const char *name) {
    struct stacks_figures *stacks = &figures->stacks;
    uint32_t index = stacks->function_count++;
    stacks->functions[index].source = source;
    stacks->functions[index].line = line;
    if (name != NULL) {
        stacks->functions[index].name = stacks->text_bytes;
        stacks->text_bytes += (uint32_t)strlen(strcpy(stacks->text + stacks->text_bytes, name)) + 1;
    }
    return index;
}

static uint32_t node(uint32_t parent, uint32_t of, uint32_t line, uint64_t allocated,
                     uint64_t freed) {
    uint32_t index = figures->stacks.node_count++;
    figures->stacks.nodes[index] = (struct stacks_node){.parent = parent,
                                                        .function = of,
                                                        .line = line,
                                                        .samples = 1,
                                                        .blocks = 3 * STACKS_PARTS,
                                                        .allocated = allocated,
                                                        .freed_blocks = 2 * STACKS_PARTS,
                                                        .freed = freed};
    return index;
}

/* The text of the format; the caller's to free(). */
static char *text_of(const char *name) {
    char *text = NULL;
    size_t size;
    FILE *file = open_memstream(&text, &size);
    cr_assert_eq(export_write(export_find(name, strlen(name)), file, figures, NULL, NULL), 0);
    fclose(file);
    return text;
}

static void check_has(const char *format, const char *part) {
    char *text = text_of(format);
    cr_assert(strstr(text, part) != NULL, "no %s in %s", part, text);
    free(text);
}

static const char *const names[] = {"pprof",  "heapprofile", "speedscope", "collapsed",
                                    "massif", "csv",         "json",       "html"};

Test(exports, are_found_by_name) {
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        cr_assert_not_null(export_find(names[i], strlen(names[i])));
        cr_assert_str_eq(manual_export_formats[i], names[i]);
    }
    cr_assert_null(export_find("pprof", 4));
    cr_assert_null(export_find("", 0));
}

Test(exports, are_there_without_any_figures) {
    figures->magic = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        free(text_of(names[i]));
}

Test(exports, names_as_lua_has_them) {
    uint32_t file = handmade_file(figures, "/p/game.lua");
    uint32_t at = node(STACKS_ROOT, function(file, 0, NULL), 20, 0, 0);
    at = node(at, function(file, 3, NULL), 4, 10, 0);
    at = node(at, function(file, 7, "spawn;\n"), 8, 100, 0);
    node(at, function(STACKS_NO_SOURCE, 0, "rep"), 0, 1000, 0);
    char *text = text_of("collapsed");
    cr_assert_str_eq(text,
                     "main chunk <game.lua> (game.lua:20);function <game.lua:3> (game.lua:4) 10\n"
                     "main chunk <game.lua> (game.lua:20);function <game.lua:3> (game.lua:4);"
                     "spawn,  (game.lua:8) 100\n"
                     "main chunk <game.lua> (game.lua:20);function <game.lua:3> (game.lua:4);"
                     "spawn,  (game.lua:8);rep 1000\n");
    free(text);
}

Test(exports, text_of_the_program_is_escaped) {
    const char *name = "=<script>\"&'\xff";
    uint32_t source = handmade_source(figures, name, strlen(name), NULL);
    uint32_t site = handmade_site(figures, source, 1);
    handmade_allocate(figures, site, FIGURES_TABLE, 56);
    node(STACKS_ROOT, function(source, 1, "<b>\"\\"), 1, 100, 0);
    check_has("html", "&lt;script&gt;&quot;&amp;&#39;\\xFF:1");
    check_has("html", "title=\"&lt;b&gt;&quot;\\ (&lt;script&gt;");
    check_has("speedscope", "{\"name\":\"<b>\\\"\\\\\",\"file\":\"<script>\\\"&'\\\\xFF\"");
    char *page = text_of("html");
    cr_assert_null(strstr(page, "<script"));
    cr_assert_null(strstr(page, "<b>"));
    free(page);
}

Test(exports, paths_become_urls) {
    uint32_t file = handmade_file(figures, "/a b/100%/\xc3\xa9.lua");
    node(STACKS_ROOT, function(file, 1, "f"), 5, 100, 20);
    check_has("heapprofile", "\"url\":\"file:///a%20b/100%25/%C3%A9.lua\"");
    check_has("heapprofile", "\"lineNumber\":4,");
    check_has("heapprofile", "\"selfSize\":80,");
}

Test(exports, places_are_told_apart_by_function_and_line) {
    uint32_t file = handmade_file(figures, "/p/game.lua");
    uint32_t f = function(file, 1, "f"), g = function(file, 5, "g");
    uint32_t a = node(STACKS_ROOT, f, 2, 1, 0), b = node(a, g, 6, 1, 0), c = node(b, f, 2, 1, 0);
    uint32_t d = node(c, f, 3, 1, 0);
    struct sampled sampled;
    struct places places;
    cr_assert_eq(sampled_read(&sampled, figures), 0);
    cr_assert_eq(places_find(&places, &sampled), 0);
    cr_assert_eq(places.count, 4, "three of them, and the one for what found no room");
    cr_assert_eq(places.of_nodes[a], places.of_nodes[c]);
    cr_assert_neq(places.of_nodes[a], places.of_nodes[d]);
    cr_assert_neq(places.of_nodes[a], places.of_nodes[b]);
    cr_assert_eq(sampled.nodes[places.nodes[places.of_nodes[d]]].line, 3);
    places_finish(&places);
    sampled_finish(&sampled);
}

Test(exports, children_are_in_order_and_without_what_adds_nothing) {
    uint32_t file = handmade_file(figures, "/p/game.lua");
    uint32_t f = function(file, 1, "f");
    uint32_t small = node(STACKS_ROOT, f, 1, 10, 0), large = node(STACKS_ROOT, f, 2, 0, 0);
    node(STACKS_ROOT, f, 3, 100, 100);
    uint32_t inner = node(large, f, 4, 90, 0);
    struct sampled sampled;
    struct children children;
    cr_assert_eq(sampled_read(&sampled, figures), 0);
    cr_assert_eq(children_find(&children, &sampled, SAMPLED_LIVE), 0);
    cr_assert_eq(children.first[STACKS_ROOT], large);
    cr_assert_eq(children.next[large], small);
    cr_assert_eq(children.next[small], 0);
    cr_assert_eq(children.first[large], inner);
    cr_assert_eq(children.totals[STACKS_ROOT], 100);
    children_finish(&children);
    sampled_finish(&sampled);
}

/* Generated code may carry the name of a file and any line. */
Test(exports, a_line_that_its_file_does_not_have_makes_nothing_long) {
    char file[] = "/tmp/luaheat-export-XXXXXX";
    int fd = mkstemp(file);
    cr_assert_eq(write(fd, "a\nb\n", 4), 4);
    close(fd);
    uint32_t source = handmade_file(figures, file);
    handmade_allocate(figures, handmade_site(figures, source, 2), FIGURES_TABLE, 56);
    handmade_allocate(figures, handmade_site(figures, source, 100000), FIGURES_TABLE, 56);
    handmade_allocate(figures, handmade_site(figures, source, UINT32_MAX), FIGURES_TABLE, 56);
    node(STACKS_ROOT, function(source, UINT32_MAX - 1, "f"), UINT32_MAX, 100, 20);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *text = text_of(names[i]);
        cr_assert_lt(strlen(text), 20000, "%s: %zu bytes", names[i], strlen(text));
        free(text);
    }
    check_has("html", "<td>1</td><td><code>a</code>");
    check_has("html", "<td>100000</td><td><code></code>");
    unlink(file);
}

Test(exports, of_a_long_line_the_page_shows_the_beginning) {
    char file[] = "/tmp/luaheat-export-XXXXXX", *line = malloc(1 << 20);
    memset(line, 'x', 1 << 20);
    memcpy(line + 499, "\xc3\xa9", 2);
    int fd = mkstemp(file);
    cr_assert_eq(write(fd, line, 1 << 20), 1 << 20);
    close(fd);
    uint32_t source = handmade_file(figures, file);
    handmade_allocate(figures, handmade_site(figures, source, 1), FIGURES_TABLE, 56);
    char *page = text_of("html");
    cr_assert_lt(strlen(page), 20000);
    cr_assert_not_null(strstr(page, "xxx…</code>"), "no half character");
    free(page);
    free(line);
    unlink(file);
}

/* A program that has scribbled over its figures. */
Test(exports, a_tree_that_is_none_does_no_harm) {
    uint32_t file = handmade_file(figures, "/p/game.lua");
    uint32_t f = function(file, 1, "f"), at = STACKS_ROOT;
    for (uint32_t i = 0; i < 100000; i++)
        at = node(at, f, i, 10, 20);
    figures->stacks.functions[f].name = UINT32_MAX;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        free(text_of(names[i]));
    figures->stacks.nodes[10].parent = 10;
    figures->stacks.nodes[20].function = UINT32_MAX;
    figures->stacks.node_count = figures->stacks.function_count = UINT32_MAX;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        free(text_of(names[i]));
}
