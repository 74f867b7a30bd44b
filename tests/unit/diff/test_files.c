/* SPDX-License-Identifier: MIT */
#include "files.h"
#include "handmade_recording.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct recording before, after;

static void teardown(void) {
    recording_finish(&before);
    recording_finish(&after);
}

TestSuite(files, .fini = teardown);

/* Sources with a blank between, sorted. */
static void make(struct recording *recording, const char *sources) {
    char words[256];
    recording_finish(recording);
    snprintf(words, sizeof words, "%s", sources);
    for (char *word = strtok(words, " "); word != NULL; word = strtok(NULL, " "))
        handmade_file(recording, word);
}

/* expected: for each source of `was` the one it became, "-" for none. */
static void expect(const char *was, const char *is, const char *expected) {
    size_t partners[8];
    char found[256] = "";
    make(&before, was);
    make(&after, is);
    cr_assert_eq(files_match(&before, &after, partners), 0);
    for (size_t i = 0; i < before.count; i++) {
        strcat(found, i > 0 ? " " : "");
        strcat(found, partners[i] == FILES_NONE ? "-" : after.files[partners[i]].source);
    }
    cr_assert_str_eq(found, expected);
}

Test(files, of_one_source_are_one) {
    expect("(startup) /a/x.lua chunk", "(startup) /a/x.lua chunk", "(startup) /a/x.lua chunk");
    expect("(C) (startup)", "(startup) x", "- (startup)");
    expect("", "/a", "");
    expect("/a", "", "-");
}

Test(files, of_other_folders_are_known_by_the_longest_common_ending) {
    expect("/old/main.lua", "/new/main.lua", "/new/main.lua");
    expect("/ci/1/src/init.lua /ci/1/src/ui/init.lua", "/ci/22/src/init.lua /ci/22/src/ui/init.lua",
           "/ci/22/src/init.lua /ci/22/src/ui/init.lua");
    expect("/old/a/init.lua /old/b/init.lua", "/new/b/init.lua /new/c/a/init.lua",
           "/new/c/a/init.lua /new/b/init.lua");
}

Test(files, the_same_path_goes_before_any_ending) {
    expect("/a/x.lua /b/a/x.lua", "/a/x.lua /c/b/a/x.lua", "/a/x.lua /c/b/a/x.lua");
}

Test(files, an_ending_is_of_whole_names) {
    expect("/old/xmain.lua", "/new/main.lua", "-");
    expect("/old/main.lua", "/new/main.lu", "-");
}

Test(files, where_several_are_meant_none_is) {
    expect("/old/init.lua", "/new/a/init.lua /new/b/init.lua", "-");
    expect("/old/a/init.lua /old/b/init.lua", "/new/init.lua", "- -");
    expect("/a/x/init.lua", "/b/y/init.lua /b/z/init.lua", "-");
}

Test(files, what_is_no_path_has_no_ending) {
    expect("a/x.lua", "b/x.lua", "-");
    expect("(startup)", "(debugger)", "-");
}
