/* SPDX-License-Identifier: MIT */
#include "largest_answer.h"

#include "account.h"
#include "heap_path.h"
#include "layout.h"
#include "path_json.h"
#include "source.h"
#include "text.h"

#include <string.h>

enum {
    VALUE_BYTES = 80,  /* of a string's text */
    PATH_BYTES = 1000, /* of a path that is told as a text only: all have to fit into an answer */
};

struct answer {
    struct heap_largest *largest;
    struct chunks *chunks;
    const struct largest_wish *wish;
};

static void add_number(cJSON *json, const char *name, uint64_t number) {
    cJSON_AddNumberToObject(json, name, (double)number);
}

/* ---- an object, which is on top of the stack ---- */

static struct chunk *chunk_of(const struct chunks *chunks, uint32_t source) {
    struct chunk *chunk = chunks->first;
    while (chunk != NULL && chunk->figures_source != source)
        chunk = chunk->next;
    return chunk;
}

/* The line that made it. */
static void add_site(const struct answer *answer, cJSON *json, const void *block) {
    const struct account *account = answer->largest->account;
    const struct figures *figures = account_figures(account);
    if (figures == NULL)
        return;
    uint32_t number = account_block_of(account, block).site;
    const struct figures_site *site = &figures->sites[number];
    struct chunk *chunk =
        number >= FIGURES_PSEUDO_SITES ? chunk_of(answer->chunks, site->source) : NULL;
    if (chunk == NULL)
        return;
    cJSON_AddItemToObject(json, "source", source_of_chunk(answer->chunks, chunk));
    cJSON_AddNumberToObject(json, "line", site->line);
}

static uint64_t count_entries(lua_State *L) {
    uint64_t count = 0;
    lua_pushnil(L);
    for (; lua_next(L, -2); count++)
        lua_pop(L, 1);
    return count;
}

static void add_parts(const struct answer *answer, cJSON *json, const void *block) {
    const struct layout_table_parts parts = layout_table_parts(answer->largest->walk.layout, block);
    add_number(json, "array", parts.array_bytes);
    add_number(json, "hash", parts.nodes_bytes);
    add_number(json, "entries", count_entries(answer->largest->walk.L));
}

static void add_path(const struct answer *answer, cJSON *json, const struct heap_path *path) {
    if (!answer->wish->steps_left_out) {
        path_json_add(json, answer->chunks, path);
        return;
    }
    struct string_builder text = {0};
    size_t kept = text_cut(string_builder_text(&path->text), path->text.size, PATH_BYTES);
    string_builder_print(&text, "%.*s%s", (int)kept, string_builder_text(&path->text),
                         kept < path->text.size ? "…" : "");
    cJSON_AddStringToObject(json, "text", string_builder_text(&text));
    string_builder_finish(&text);
}

/* How it is reached, and who made it; pushes it. False: not to be found out. */
static bool add_object(const struct answer *answer, cJSON *json, uint32_t node,
                       const void **block) {
    struct heap_walk *walk = &answer->largest->walk;
    struct heap_path path;
    bool found = heap_path_describe_object(&path, walk, node);
    if (found) {
        add_path(answer, json, &path);
        *block = layout_of(walk->layout, walk->L, lua_gettop(walk->L)).address;
        add_site(answer, json, *block);
    }
    heap_path_finish(&path);
    return found;
}

/* ---- tables ---- */

static void write_address(cJSON *json, lua_State *L) {
    struct string_builder value = {0};
    string_builder_print(&value, "table: %p", lua_topointer(L, -1));
    cJSON_AddStringToObject(json, "value", string_builder_text(&value));
    string_builder_finish(&value);
}

static void add_table(const struct answer *answer, cJSON *list,
                      const struct heap_large_table *table) {
    lua_State *L = answer->largest->walk.L;
    const void *block;
    cJSON *json = cJSON_CreateObject();
    cJSON_AddItemToArray(list, json);
    add_number(json, "bytes", table->bytes);
    add_number(json, "retained", table->retained);
    if (!add_object(answer, json, table->node, &block))
        return;
    write_address(json, L);
    add_parts(answer, json, block);
    lua_pop(L, 1);
}

static size_t limit_of(const struct largest_wish *wish) {
    return wish->limit < HEAP_LARGEST_MOST ? wish->limit : HEAP_LARGEST_MOST;
}

static void add_walked(const struct answer *answer, cJSON *body) {
    const struct heap_walk *walk = &answer->largest->walk;
    add_number(body, "walked", walk->nodes.list.count - 1);
    if (walk->unseen_frames > 0)
        add_number(body, "unseenFrames", walk->unseen_frames);
}

cJSON *largest_answer_tables(struct heap_largest *largest, struct chunks *chunks,
                             const struct largest_wish *wish) {
    const struct answer answer = {largest, chunks, wish};
    struct heap_large_table tables[HEAP_LARGEST_MOST];
    size_t count = heap_largest_tables(largest, !wish->by_bytes, tables, limit_of(wish));
    cJSON *body = cJSON_CreateObject();
    add_walked(&answer, body);
    add_number(body, "tableCount", largest->tables);
    cJSON *list = cJSON_AddArrayToObject(body, "tables");
    for (size_t i = 0; i < count; i++)
        add_table(&answer, list, &tables[i]);
    return body;
}

/* ---- strings ---- */

static void write_text(cJSON *json, const struct heap_string_group *group) {
    struct string_builder value = {0};
    string_builder_quote(&value, group->text, group->size, VALUE_BYTES);
    cJSON_AddStringToObject(json, "value", string_builder_text(&value));
    string_builder_finish(&value);
}

static void add_group(const struct answer *answer, cJSON *list,
                      const struct heap_string_group *group) {
    uint64_t each = heap_largest_string_bytes(answer->largest, group);
    const void *block;
    cJSON *json = cJSON_CreateObject();
    cJSON_AddItemToArray(list, json);
    write_text(json, group);
    add_number(json, "length", group->size);
    add_number(json, "count", group->count);
    add_number(json, "each", each);
    add_number(json, "bytes", group->count * each);
    add_number(json, "saved", (group->count - 1) * each);
    if (add_object(answer, json, group->node, &block))
        lua_pop(answer->largest->walk.L, 1);
}

cJSON *largest_answer_strings(struct heap_largest *largest, struct chunks *chunks,
                              const struct largest_wish *wish) {
    const struct answer answer = {largest, chunks, wish};
    const struct heap_string_group *groups[HEAP_LARGEST_MOST];
    size_t count = heap_largest_strings(largest, groups, limit_of(wish));
    cJSON *body = cJSON_CreateObject();
    add_walked(&answer, body);
    add_number(body, "groupCount", largest->equal);
    add_number(body, "saved", largest->spare);
    cJSON *list = cJSON_AddArrayToObject(body, "strings");
    for (size_t i = 0; i < count; i++)
        add_group(&answer, list, groups[i]);
    return body;
}
