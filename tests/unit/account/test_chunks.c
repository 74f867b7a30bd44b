/* SPDX-License-Identifier: MIT */
#include "chunks.h"
#include "figures.h"
#include "release.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct remembered remembered;

/* A Lua string of the Lua in use, laid out by hand in our own block. */
struct fake_string {
    char block[132];
    char *text;
};

static void fake_init(struct fake_string *fake, const char *text) {
    fake->text = strcpy(fake->block + release_text_offset(), text);
}

static struct chunk *find(struct chunks *chunks, const char *text) {
    return chunks_find(chunks, text, strlen(text));
}

static size_t count(const struct chunks *chunks) {
    size_t records = 0;
    for (const struct chunk *chunk = chunks->first; chunk != NULL; chunk = chunk->next)
        records++;
    return records;
}

/* A string of that text lives for a moment. What the chunk was then is only to be compared. */
static const struct chunk *glance(struct chunks *chunks, const char *text) {
    struct fake_string fake;
    fake_init(&fake, text);
    const struct chunk *chunk = find(chunks, fake.text);
    chunks_forget(chunks, fake.block);
    return chunk;
}

Test(chunks, text_offset_is_that_of_real_strings) {
    size_t offset = release_text_offset();
    cr_assert(offset >= 16 && offset <= 32, "%zu", offset);
}

Test(chunks, same_name_is_the_same_chunk) {
    struct chunks chunks;
    chunks_init(&chunks, release_text_offset(), &remembered);
    struct fake_string one, again;
    fake_init(&one, "@one.lua");
    fake_init(&again, "@one.lua");
    struct chunk *chunk = find(&chunks, one.text);
    cr_assert_eq(find(&chunks, again.text), chunk);
    cr_assert_eq(find(&chunks, one.text), chunk);
    cr_assert_eq(count(&chunks), 1);
    chunks_finish(&chunks);
}

/* The crash and the wrong figures this module exists to prevent: one address, two chunks. */
Test(chunks, an_address_that_comes_back_is_another_chunk) {
    struct chunks chunks;
    chunks_init(&chunks, release_text_offset(), &remembered);
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
    chunks_init(&chunks, release_text_offset(), &remembered);
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
    chunks_init(&chunks, release_text_offset(), &remembered);
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

/* As lighttpd names what it loads. */
Test(chunks, a_path_is_a_file_without_the_sign_of_one) {
    struct chunks chunks;
    chunks_init(&chunks, release_text_offset(), &remembered);
    char path[] = "/tmp/luaheat-XXXXXX";
    close(mkstemp(path));
    char other[sizeof path + 1], lines[sizeof path + 1];
    snprintf(other, sizeof other, "@%s", path);
    snprintf(lines, sizeof lines, "%s\n", path);
    struct fake_string file, same, none, folder, code;
    fake_init(&file, path);
    fake_init(&same, other);
    fake_init(&none, "/no/such/file");
    fake_init(&folder, "/tmp");
    fake_init(&code, lines);
    cr_assert_str_eq(find(&chunks, file.text)->path, path);
    cr_assert_eq(find(&chunks, same.text)->file, find(&chunks, file.text));
    cr_assert_null(find(&chunks, none.text)->path);
    cr_assert_null(find(&chunks, folder.text)->path);
    cr_assert_null(find(&chunks, code.text)->path);
    unlink(path);
    chunks_finish(&chunks);
}

/* ---- what has gone ---- */

Test(chunks, code_that_has_gone_is_forgotten) {
    struct chunks chunks;
    chunks_init(&chunks, release_text_offset(), &remembered);
    char text[40];
    for (int i = 0; i < 10000; i++) {
        snprintf(text, sizeof text, "return %d", i);
        glance(&chunks, text);
    }
    cr_assert_null(chunks.first);
    cr_assert_null(chunks.last);
    cr_assert_null(chunks_next_new(&chunks));
    cr_assert_eq(chunks.by_pointer.count, 0);
    cr_assert_eq(chunks.by_hash[CHUNK_BY_NAME].count, 0);
    cr_assert_eq(chunks.last_id, 10000, "an id is never another's");
    chunks_finish(&chunks);
}

/* Else every string that is freed is looked up for ever after. */
Test(chunks, names_that_have_gone_do_not_slow_down_what_is_freed) {
    struct chunks chunks;
    chunks_init(&chunks, release_text_offset(), &remembered);
    struct fake_string *fakes = calloc(20000, sizeof *fakes);
    size_t suspected = 0;
    for (int i = 0; i < 20000; i++) {
        fake_init(&fakes[i], "return 1");
        find(&chunks, fakes[i].text);
        chunks_forget(&chunks, fakes[i].block);
    }
    for (int i = 0; i < 20000; i++)
        suspected += remembered_maybe(&remembered, fakes[i].block);
    cr_assert_lt(suspected, 20000 / 10, "%zu", suspected);
    free(fakes);
    chunks_finish(&chunks);
}

Test(chunks, a_second_string_of_the_name_keeps_it) {
    struct chunks chunks;
    chunks_init(&chunks, release_text_offset(), &remembered);
    struct fake_string fake;
    fake_init(&fake, "return 1");
    struct chunk *chunk = find(&chunks, fake.text);
    cr_assert_eq(glance(&chunks, "return 1"), chunk);
    cr_assert_eq(count(&chunks), 1);
    chunks_finish(&chunks);
}

Test(chunks, what_a_client_was_told_of_stays_whole) {
    struct chunks chunks;
    chunks_init(&chunks, release_text_offset(), &remembered);
    size_t bytes = CHUNKS_GONE_BYTES * 2;
    char *block = malloc(chunks.text_offset + bytes), *text = block + chunks.text_offset;
    memset(text, '-', bytes);
    struct chunk *chunk = chunks_find(&chunks, text, bytes);
    chunks_tell(&chunks, chunk);
    int id = chunk->id;
    chunks_forget(&chunks, block);
    cr_assert_eq(count(&chunks), 1);
    cr_assert_eq(chunks_find(&chunks, text, bytes)->id, id);
    cr_assert_eq(chunk->name_bytes, bytes);
    cr_assert_eq(memcmp(chunk->name, text, bytes), 0);
    free(block);
    chunks_finish(&chunks);
}

Test(chunks, of_files_that_were_told_of_so_many_stay) {
    struct chunks chunks;
    chunks_init(&chunks, release_text_offset(), &remembered);
    struct fake_string fake;
    char path[100], folder[] = "/tmp/chunks-XXXXXX";
    cr_assert_not_null(mkdtemp(folder));
    for (int i = 0; i < CHUNKS_TOLD_FILES + 10; i++) {
        snprintf(path, sizeof path, "@%s/%d", folder, i);
        fclose(fopen(path + 1, "w"));
        fake_init(&fake, path);
        chunks_tell(&chunks, find(&chunks, fake.text));
        chunks_forget(&chunks, fake.block);
        remove(path + 1);
    }
    remove(folder);
    cr_assert_eq(count(&chunks), CHUNKS_TOLD_FILES);
    chunks_finish(&chunks);
}

/* Two loads of one chunk are one, even if the first has gone: its figures are there. */
Test(chunks, what_is_in_the_figures_stays_but_for_the_end_of_its_name) {
    struct chunks chunks;
    chunks_init(&chunks, release_text_offset(), &remembered);
    size_t bytes = CHUNKS_GONE_BYTES * 2;
    char *block = malloc(chunks.text_offset + bytes), *text = block + chunks.text_offset;
    memset(text, '-', bytes);
    struct chunk *chunk = chunks_find(&chunks, text, bytes);
    chunk->figures_source = 7;
    chunks_forget(&chunks, block);
    cr_assert_eq(count(&chunks), 1);
    cr_assert_eq(chunk->name_bytes, CHUNKS_GONE_BYTES);
    text[bytes - 1] = '!';
    cr_assert_neq(chunks_find(&chunks, text, bytes), chunk, "the same beginning is not enough");
    chunks_forget(&chunks, block);
    text[bytes - 1] = '-';
    cr_assert_eq(chunks_find(&chunks, text, bytes), chunk);
    cr_assert_eq(chunk->name_bytes, bytes);
    cr_assert_eq(chunk->name[bytes - 1], '-');
    free(block);
    chunks_finish(&chunks);
}

Test(chunks, what_found_no_room_in_the_figures_goes) {
    struct chunks chunks;
    chunks_init(&chunks, release_text_offset(), &remembered);
    struct fake_string fake;
    fake_init(&fake, "return 1");
    find(&chunks, fake.text)->figures_source = FIGURES_OVERFLOW;
    chunks_forget(&chunks, fake.block);
    cr_assert_eq(count(&chunks), 0);
    chunks_finish(&chunks);
}

Test(chunks, a_file_stays_while_another_name_of_it_does) {
    struct chunks chunks;
    chunks_init(&chunks, release_text_offset(), &remembered);
    struct fake_string one, other;
    fake_init(&one, "@/dev/null");
    fake_init(&other, "@/dev/../dev/null");
    struct chunk *file = find(&chunks, one.text);
    struct chunk *alias = find(&chunks, other.text);
    cr_assert_eq(alias->file, file);
    chunks_forget(&chunks, one.block);
    cr_assert_eq(count(&chunks), 2);
    cr_assert_eq(glance(&chunks, "@/dev/null"), file);
    chunks_forget(&chunks, other.block);
    cr_assert_eq(count(&chunks), 0);
    cr_assert_eq(chunks.by_hash[CHUNK_BY_PATH].count, 0);
    chunks_finish(&chunks);
}

Test(chunks, news_is_what_has_not_gone_in_the_order_of_appearance) {
    struct chunks chunks;
    chunks_init(&chunks, release_text_offset(), &remembered);
    struct fake_string first, gone, last;
    fake_init(&first, "return 1");
    fake_init(&gone, "return 2");
    fake_init(&last, "return 3");
    find(&chunks, first.text);
    find(&chunks, gone.text);
    find(&chunks, last.text);
    cr_assert_str_eq(chunks_next_new(&chunks)->name, "return 1");
    chunks_forget(&chunks, gone.block);
    cr_assert_str_eq(chunks_next_new(&chunks)->name, "return 3");
    cr_assert_null(chunks_next_new(&chunks));
    chunks_forget(&chunks, last.block);
    fake_init(&gone, "return 4");
    find(&chunks, gone.text);
    cr_assert_str_eq(chunks_next_new(&chunks)->name, "return 4");
    chunks_finish(&chunks);
}
