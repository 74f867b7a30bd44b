/* SPDX-License-Identifier: MIT */
#include "entries.h"

#include "standard_library.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static bool is_wanted(lua_State *L, const struct entries_range *range) {
    if (range->portion != ENTRIES_ALL) {
        bool library = standard_library_has(L, -2, -1);
        return library == (range->portion == ENTRIES_LIBRARY);
    }
    if (!lua_isinteger(L, -2))
        return true;
    lua_Integer key = lua_tointeger(L, -2);
    return key < 1 || key > range->items;
}

bool entries_start(lua_State *L, int table, const struct entries_range *range) {
    if (range->after.kind == KEY_NONE)
        lua_pushnil(L);
    else if (!key_push_near(L, table, &range->after, range->near))
        return false;
    else if (range->near != 0)
        lua_copy(L, -1, range->near);
    return true;
}

bool entries_next(lua_State *L, int table, const struct entries_range *range) {
    while (lua_next(L, table)) {
        if (is_wanted(L, range))
            return true;
        lua_pop(L, 1);
    }
    return false;
}

/* Numbers, strings, booleans, then the other types as lua.h numbers them. */
static int rank(const struct key *key) {
    switch (key->kind) {
    case KEY_INTEGER:
    case KEY_FLOAT:
        return 0;
    case KEY_BOOLEAN:
        return 2;
    default:
        return key->type == LUA_TSTRING ? 1 : 3 + key->type;
    }
}

/* On usual machines a long double holds every integer and every float exactly. */
static long double number(const struct key *key) {
    return key->kind == KEY_INTEGER ? (long double)key->integer : (long double)key->number;
}

static int compare_text(const struct entry *a, const struct entry *b) {
    if (a->lead != b->lead)
        return a->lead < b->lead ? -1 : 1;
    int order = memcmp(a->text, b->text, a->size < b->size ? a->size : b->size);
    return order != 0 ? order : (a->size > b->size) - (a->size < b->size);
}

static int compare_same_rank(const struct entry *a, const struct entry *b) {
    if (a->text != NULL)
        return compare_text(a, b);
    if (a->key.kind == KEY_BOOLEAN)
        return a->key.boolean - b->key.boolean;
    if (a->key.kind != KEY_OBJECT)
        return (number(&a->key) > number(&b->key)) - (number(&a->key) < number(&b->key));
    uintptr_t left = (uintptr_t)a->key.object, right = (uintptr_t)b->key.object;
    return (left > right) - (left < right);
}

static int compare(const void *left, const void *right) {
    const struct entry *a = left, *b = right;
    int order = a->rank - b->rank;
    if (order == 0)
        order = compare_same_rank(a, b);
    return order != 0 ? order : a->ordinal - b->ordinal;
}

static size_t count_same(const char *one, const char *other, size_t most) {
    size_t count = 0;
    while (count < most && one[count] == other[count])
        count++;
    return count;
}

/* How many bytes the texts of all entries that have one begin with; more are not worth a look. */
static size_t count_common(const struct entries *entries) {
    enum { MOST = 1024 };
    const struct entry *first = NULL;
    size_t common = 0;
    for (int i = 0; i < entries->count; i++) {
        const struct entry *entry = &entries->list[i];
        if (entry->text == NULL)
            continue;
        if (first == NULL)
            common = MOST;
        first = first != NULL ? first : entry;
        common = common < entry->size ? common : entry->size;
        common = count_same(first->text, entry->text, common);
    }
    return common;
}

/* Their order as that of numbers: most texts are told apart by it. */
static void find_leads(struct entries *entries) {
    size_t common = count_common(entries);
    for (int i = 0; i < entries->count; i++) {
        struct entry *entry = &entries->list[i];
        for (size_t at = 0; entry->text != NULL && at < sizeof entry->lead; at++) {
            bool has = common + at < entry->size;
            entry->lead = entry->lead << 8 | (has ? (unsigned char)entry->text[common + at] : 0);
        }
    }
}

static struct entry entry_at(lua_State *L, int index, int ordinal) {
    struct entry entry = {.key = key_of(L, index), .ordinal = ordinal};
    entry.rank = rank(&entry.key);
    if (lua_type(L, index) == LUA_TSTRING)
        entry.text = lua_tolstring(L, index, &entry.size);
    return entry;
}

bool entries_collect(struct entries *entries, lua_State *L, int table,
                     const struct entries_range *range) {
    *entries = (struct entries){.list = malloc(ENTRIES_PIECE * sizeof *entries->list)};
    if (entries->list == NULL || !entries_start(L, table, range))
        return false;
    while (entries_next(L, table, range)) {
        lua_pop(L, 1);
        if (entries->count == ENTRIES_PIECE) {
            entries->more = true;
            lua_pop(L, 1);
            break;
        }
        entries->list[entries->count] = entry_at(L, -1, entries->count);
        entries->last = entries->list[entries->count].key;
        entries->count++;
    }
    find_leads(entries);
    qsort(entries->list, (size_t)entries->count, sizeof *entries->list, compare);
    return true;
}

void entries_finish(struct entries *entries) {
    free(entries->list);
    *entries = (struct entries){0};
}
