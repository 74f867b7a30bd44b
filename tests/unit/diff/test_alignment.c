/* SPDX-License-Identifier: MIT */
#include "alignment.h"
#include "handmade_recording.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Two versions of a file, each as words with a blank between: the texts of its lines 1, 2, ...; "-"
   is a line without text, "." one without figures. */
static void expect_pairs(const char *before, const char *after, const char *expected) {
    const char *versions[2] = {before, after};
    struct recording recordings[2] = {0};
    for (int i = 0; i < 2; i++) {
        char words[256];
        uint32_t line = 0;
        snprintf(words, sizeof words, "%s", versions[i]);
        handmade_file(&recordings[i], "/a.lua");
        for (char *word = strtok(words, " "); word != NULL; word = strtok(NULL, " ")) {
            line++;
            if (strcmp(word, ".") != 0)
                handmade_line(recordings[i].files, line, strcmp(word, "-") == 0 ? NULL : word, 8);
        }
    }
    size_t partners[64];
    const struct recorded_file *a = recordings[0].files, *b = recordings[1].files;
    cr_assert_eq(alignment_find(a, b, partners), 0);
    char found[512] = "";
    for (size_t i = 0; i < a->count; i++) {
        char pair[32];
        if (partners[i] == ALIGNMENT_NONE)
            snprintf(pair, sizeof pair, "%u- ", a->lines[i].line);
        else
            snprintf(pair, sizeof pair, "%u:%u ", a->lines[i].line, b->lines[partners[i]].line);
        strcat(found, pair);
    }
    if (*found != '\0')
        found[strlen(found) - 1] = '\0';
    cr_assert_str_eq(found, expected, "%s | %s: %s, not %s", before, after, found, expected);
    recording_finish(&recordings[0]);
    recording_finish(&recordings[1]);
}

Test(alignment, equal_files_are_equal) {
    expect_pairs("a b c", "a b c", "1:1 2:2 3:3");
    expect_pairs("x x x", "x x x", "1:1 2:2 3:3");
    expect_pairs("", "", "");
}

Test(alignment, lines_are_followed_where_others_came_or_went) {
    expect_pairs("a b c", "new a b c", "1:2 2:3 3:4");
    expect_pairs("a b c", "a new new c b d", "1:1 2:5 3:4");
    expect_pairs("a . b . c", "b c", "1- 3:1 5:2");
    expect_pairs("a b c d", "a d", "1:1 2- 3- 4:2");
    expect_pairs("a b", "", "1- 2-");
    expect_pairs("", "a b", "");
}

Test(alignment, a_changed_line_is_another_line) {
    expect_pairs("a b c", "a B c", "1:1 2- 3:3");
    expect_pairs("a", "b", "1-");
}

Test(alignment, repeated_lines_go_with_their_neighbours) {
    expect_pairs("f end g end", "f end new end g end", "1:1 2:2 3:5 4:6");
    expect_pairs("f x end g x end", "g x end", "1- 2- 3- 4:1 5:2 6:3");
    expect_pairs("a x b x c x d", "x a x x b d x", "1:2 2:3 3:5 4- 5- 6- 7:6");
}

Test(alignment, without_unique_lines_the_longest_common_subsequence_counts) {
    expect_pairs("x y x y y", "y x y y x x", "1- 2:1 3:2 4:3 5:4");
    expect_pairs("x x y y", "y y x x", "1- 2- 3:1 4:2");
}

Test(alignment, a_unique_line_is_followed_out_of_its_order) {
    expect_pairs("f1 f2 g1 g2 g3", "g1 g2 g3 f1 f2", "1:4 2:5 3:1 4:2 5:3");
    expect_pairs("a b", "b a", "1:2 2:1");
}

Test(alignment, a_repeated_line_is_not_followed_out_of_its_order) {
    expect_pairs("end f g end h", "f g h end end", "1- 2:1 3:2 4- 5:3");
}

Test(alignment, lines_without_text_are_known_by_their_numbers) {
    expect_pairs("- . - -", "- - -", "1:1 3:3 4-");
    expect_pairs("a b -", "- a -", "1:2 2- 3:3");
    expect_pairs("a - c", "c - b", "1- 2:2 3:1");
    expect_pairs("a", "-", "1:1");
    expect_pairs("x -", ". x", "1:2 2-");
}

/* Any result is right whose pairs have equal texts and are no line's twice. */
static void check_pairs(const struct recorded_file *a, const struct recorded_file *b,
                        const size_t *partners) {
    static bool taken[20000];
    memset(taken, 0, sizeof taken);
    for (size_t i = 0; i < a->count; i++) {
        if (partners[i] == ALIGNMENT_NONE)
            continue;
        cr_assert_lt(partners[i], b->count);
        cr_assert_not(taken[partners[i]]);
        taken[partners[i]] = true;
        cr_assert_str_eq(a->lines[i].text, b->lines[partners[i]].text);
    }
}

static struct recorded_file large_file(size_t count, unsigned words) {
    struct recorded_file file = {.lines = calloc(count, sizeof *file.lines), .count = count};
    for (size_t i = 0; i < count; i++) {
        file.lines[i].line = (uint32_t)i + 1;
        cr_assert_geq(asprintf(&file.lines[i].text, "%u", (unsigned)rand() % words), 0);
    }
    return file;
}

static void free_file(struct recorded_file *file) {
    for (size_t i = 0; i < file->count; i++)
        free(file->lines[i].text);
    free(file->lines);
}

Test(alignment, any_files_can_be_aligned) {
    static size_t partners[20000];
    static const unsigned words[] = {1, 2, 50, 400, 1000, 20000, 1000000};
    srand(1);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct recorded_file a = large_file(i < 4 ? 1000 : 20000, words[i]),
                             b = large_file(i < 4 ? 900 : 19000, words[i]);
        cr_assert_eq(alignment_find(&a, &b, partners), 0);
        check_pairs(&a, &b, partners);
        cr_assert_eq(alignment_find(&a, &a, partners), 0);
        for (size_t j = 0; j < a.count; j++)
            cr_assert_eq(partners[j], j);
        free_file(&a);
        free_file(&b);
    }
}
