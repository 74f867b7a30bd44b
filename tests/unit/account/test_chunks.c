/* SPDX-License-Identifier: MIT */
#include "chunks.h"

#include <criterion/criterion.h>
#include <string.h>

/* A Lua string of the Lua in use, laid out by hand in our own block. */
struct fake_string {
    char block[132];
    char *text;
};

static void fake_init(struct fake_string *fake, const char *text) {
    fake->text = strcpy(fake->block + chunks_text_offset(), text);
}

static struct chunk *find(struct chunks *chunks, const char *text) {
    return chunks_find(chunks, text, strlen(text));
}

Test(chunks, text_offset_is_that_of_real_strings) {
    size_t offset = chunks_text_offset();
    cr_assert(offset >= 16 && offset <= 32, "%zu", offset);
}

Test(chunks, same_name_is_the_same_chunk) {
    struct chunks chunks;
    chunks_init(&chunks, chunks_text_offset());
    struct fake_string one, again;
    fake_init(&one, "@one.lua");
    fake_init(&again, "@one.lua");
    struct chunk *chunk = find(&chunks, one.text);
    cr_assert_eq(find(&chunks, again.text), chunk);
    cr_assert_eq(find(&chunks, one.text), chunk);
    cr_assert_eq(chunks.count, 1);
    chunks_finish(&chunks);
}

/* The crash and the wrong figures this module exists to prevent: one address, two chunks. */
Test(chunks, an_address_that_comes_back_is_another_chunk) {
    struct chunks chunks;
    chunks_init(&chunks, chunks_text_offset());
    struct fake_string fake;
    fake_init(&fake, "@first.lua");
    struct chunk *first = find(&chunks, fake.text);
    chunks_forget(&chunks, fake.block);
    strcpy(fake.text, "@other.lua");
    struct chunk *other = find(&chunks, fake.text);
    cr_assert_neq(other, first);
    cr_assert_str_eq(other->name, "@other.lua");
    chunks_finish(&chunks);
}

Test(chunks, forgetting_other_blocks_changes_nothing) {
    struct chunks chunks;
    chunks_init(&chunks, chunks_text_offset());
    struct fake_string fake, other;
    fake_init(&fake, "@one.lua");
    fake_init(&other, "x");
    struct chunk *chunk = find(&chunks, fake.text);
    chunks_forget(&chunks, other.block);
    chunks_forget(&chunks, NULL);
    cr_assert_eq(find(&chunks, fake.text), chunk);
    chunks_finish(&chunks);
}

Test(chunks, only_files_have_a_path) {
    struct chunks chunks;
    chunks_init(&chunks, chunks_text_offset());
    struct fake_string file, none, code;
    fake_init(&file, "@/dev/null");
    fake_init(&none, "@no such file");
    fake_init(&code, "return 1");
    cr_assert_str_eq(find(&chunks, file.text)->path, "/dev/null");
    cr_assert_null(find(&chunks, none.text)->path);
    cr_assert_null(find(&chunks, code.text)->path);
    cr_assert_str_eq(find(&chunks, "=?")->name, "=?");
    chunks_finish(&chunks);
}
