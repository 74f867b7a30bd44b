/* SPDX-License-Identifier: MIT */
#include "layout.h"

#include "release.h"
#include "threads.h"

#include <lauxlib.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* Slots at a stack's end that only errors use, in bytes: EXTRA_STACK of every Lua 5.4. */
enum { SPARE_STACK = 5 * 2 * (int)sizeof(lua_Number) };

/* ---- trying ---- */

struct last_block {
    char *address;
    size_t size;
};

/* What the scratch state's allocator has seen. */
struct trial {
    struct layout layout;
    struct last_block last[FIGURES_KINDS]; /* allocated, of each kind */
    char *stack, *strings;                 /* of the last thread; of the state */
    size_t stack_bytes;
    bool newborn; /* that thread has no stack yet */
    char *main;   /* the main thread's block */
};

static void set_stack(struct trial *trial, char *block, size_t size) {
    trial->stack = block;
    trial->stack_bytes = size;
}

static void note_new(struct trial *trial, enum figures_kind kind, char *block, size_t size) {
    if (kind == FIGURES_BUFFER && trial->newborn)
        set_stack(trial, block, size);
    else if (kind == FIGURES_BUFFER && trial->strings == NULL && size == STRING_TABLE_BYTES)
        trial->strings = block;
    if (kind == FIGURES_THREAD && trial->main == NULL)
        trial->main = block;
    if (kind == FIGURES_THREAD || kind == FIGURES_BUFFER)
        trial->newborn = kind == FIGURES_THREAD;
    trial->last[kind] = (struct last_block){block, size};
}

/* A stack is reallocated, or (Lua 5.4.3 and 5.4.4) freed when the new one is there. */
static void *allocate(void *ud, void *ptr, size_t osize, size_t nsize) {
    struct trial *trial = ud;
    bool is_stack = ptr != NULL && ptr == trial->stack;
    if (nsize == 0) {
        free(ptr);
        if (is_stack)
            set_stack(trial, trial->last[FIGURES_BUFFER].address, trial->last[FIGURES_BUFFER].size);
        return NULL;
    }
    char *block = realloc(ptr, nsize);
    if (block != NULL && ptr == NULL)
        note_new(trial, layout_kind(osize), block, nsize);
    else if (block != NULL && is_stack)
        set_stack(trial, block, nsize);
    return block;
}

/* Where in the block the address stands; 0: nowhere. */
static size_t find_word(const struct last_block *block, const char *address) {
    const char *word;
    for (size_t at = 0; at + sizeof word <= block->size; at += sizeof word) {
        memcpy(&word, block->address + at, sizeof word);
        if (word == address)
            return at;
    }
    return 0;
}

static const void *word_at(const void *block, size_t offset) {
    const void *word = NULL;
    if (offset != 0)
        memcpy(&word, (const char *)block + offset, sizeof word);
    return word;
}

/* What else points to the beginning of a new stack no longer does: the stack is another one, and
   the variable to be closed is not there. */
static int suspend(lua_State *L) {
    enum { SLOTS = 500 };
    luaL_checkstack(L, SLOTS, NULL);
    lua_settop(L, SLOTS / 2);
    lua_newtable(L);
    lua_newtable(L);
    lua_pushcfunction(L, suspend);
    lua_setfield(L, -2, "__close");
    lua_setmetatable(L, -2);
    lua_toclose(L, -1);
    return lua_yield(L, 0);
}

static void try_threads(lua_State *L, struct trial *trial) {
    int results;
    lua_State *co = lua_newthread(L);
    const struct last_block block = trial->last[FIGURES_THREAD];
    trial->layout.thread[1] = block.size;
    lua_pushcfunction(co, suspend);
    if (lua_resume(co, L, 0, &results) != LUA_YIELD)
        return;
    trial->layout.stack = find_word(&block, trial->stack);
    trial->layout.stack_end = find_word(&block, trial->stack + trial->stack_bytes - SPARE_STACK);
}

/* LUAI_MAXSHORTLEN, 40 unless somebody has built it otherwise; it fits into a byte. */
static size_t longest_shared(lua_State *L) {
    char text[UINT8_MAX + 1] = {0};
    bool are_one = true;
    size_t size = 0;
    while (are_one && size < sizeof text) {
        const char *one = lua_pushlstring(L, text, size + 1);
        are_one = lua_pushlstring(L, text, size + 1) == one;
        size += are_one;
        lua_pop(L, 2);
    }
    return size;
}

/* ---- how large the parts of a table are ---- */

enum { SLOTS = 8, FILLED = 5 };

static uint32_t number_at(const void *block, size_t offset) {
    uint32_t number;
    memcpy(&number, (const char *)block + offset, sizeof number);
    return number;
}

/* Where it had the one number and has the other. */
static size_t find_number(const char *before, const struct last_block *after, uint32_t one,
                          uint32_t other) {
    for (size_t at = sizeof one; at + sizeof one <= after->size; at += sizeof one)
        if (number_at(before, at) == one && number_at(after->address, at) == other)
            return at;
    return 0;
}

/* Where bit 7 has been set. */
static size_t find_flag(const char *before, const struct last_block *after) {
    for (size_t at = 1; at < after->size; at++)
        if (((unsigned char)before[at] ^ (unsigned char)after->address[at]) == 0x80)
            return at;
    return 0;
}

/* Asked for its length, a table whose array is filled a little more than by half remembers it where
   the array's size stood (luaH_getn). */
static void try_array(lua_State *L, struct trial *trial) {
    char before[128];
    const struct last_block *table = &trial->last[FIGURES_TABLE];
    lua_createtable(L, SLOTS, 0);
    trial->layout.slot = trial->last[FIGURES_BUFFER].size / SLOTS;
    for (int i = 1; i <= FILLED; i++) {
        lua_pushboolean(L, 1);
        lua_rawseti(L, -2, i);
    }
    if (table->size > sizeof before)
        return;
    memcpy(before, table->address, table->size);
    if (lua_rawlen(L, -1) != FILLED)
        return;
    trial->layout.limit = find_number(before, table, SLOTS, FILLED);
    trial->layout.hint = find_flag(before, table);
}

static void try_nodes(lua_State *L, struct trial *trial) {
    lua_createtable(L, 0, 8);
    const struct last_block few = trial->last[FIGURES_TABLE];
    trial->layout.node = trial->last[FIGURES_BUFFER].size / 8;
    lua_createtable(L, 0, 32);
    const struct last_block many = trial->last[FIGURES_TABLE];
    for (size_t at = 1; at < many.size && trial->layout.log_nodes == 0; at++)
        if (few.address[at] == 3 && many.address[at] == 5)
            trial->layout.log_nodes = at;
}

static size_t array_bytes(const struct layout *layout, const void *table) {
    if (layout->limit == 0 || layout->hint == 0)
        return 0;
    size_t limit = number_at(table, layout->limit), slots = 1;
    if (!(((const unsigned char *)table)[layout->hint] & 0x80))
        return limit * layout->slot;
    while (slots < limit)
        slots *= 2;
    return slots * layout->slot;
}

static size_t nodes_bytes(const struct layout *layout, const void *table) {
    return layout->log_nodes != 0
               ? layout->node << ((const unsigned char *)table)[layout->log_nodes]
               : 0;
}

static void try_tables(lua_State *L, struct trial *trial) {
    struct layout *layout = &trial->layout;
    const struct last_block *table = &trial->last[FIGURES_TABLE];
    lua_newtable(L);
    layout->table = table->size;
    const char *empty = table->address;
    lua_createtable(L, 4, 0);
    layout->array = find_word(table, trial->last[FIGURES_BUFFER].address);
    lua_createtable(L, 0, 4);
    layout->nodes = find_word(table, trial->last[FIGURES_BUFFER].address);
    layout->no_nodes = word_at(empty, layout->nodes);
    try_array(L, trial);
    try_nodes(L, trial);
}

static void try_userdata(lua_State *L, struct trial *trial) {
    for (int count = 0; count <= 2; count++) {
        char *memory = lua_newuserdatauv(L, 1, count);
        trial->layout.userdata[count] = (size_t)(memory - trial->last[FIGURES_USERDATA].address);
    }
}

static void try_functions(lua_State *L, struct trial *trial) {
    static const char *const code[] = {"", "return function() return _ENV end",
                                       "local a return function() return a, _ENV end"};
    struct layout *layout = &trial->layout;
    for (int count = 1; count <= 2; count++) {
        lua_pushnil(L);
        lua_pushnil(L);
        lua_pushcclosure(L, suspend, count);
        layout->c_function[count] = trial->last[FIGURES_FUNCTION].size;
        if (luaL_loadstring(L, code[count]) != LUA_OK)
            lua_error(L);
        lua_call(L, 0, 1);
        layout->lua_function[count] = trial->last[FIGURES_FUNCTION].size;
    }
    layout->c_function[0] = 2 * layout->c_function[1] - layout->c_function[2];
    layout->lua_function[0] = 2 * layout->lua_function[1] - layout->lua_function[2];
    layout->upvalue = trial->last[FIGURES_UPVALUE].size;
}

static int try_all(lua_State *L) {
    struct trial *trial = lua_touserdata(L, 1);
    const struct last_block main = {trial->main, trial->last[FIGURES_THREAD].size};
    luaL_checkstack(L, 20, NULL);
    trial->layout.thread[0] = main.size;
    const char *text = lua_pushliteral(L, "a string that nobody else has made");
    trial->layout.text = (size_t)(text - trial->last[FIGURES_STRING].address);
    trial->layout.shared = longest_shared(L);
    try_tables(L, trial);
    trial->layout.strings = find_word(&main, trial->strings);
    try_userdata(L, trial);
    try_functions(L, trial);
    try_threads(L, trial);
    return 0;
}

const struct layout *layout_measured(void) {
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static struct layout layout;
    pthread_mutex_lock(&lock);
    if (layout.thread[1] == 0) {
        struct trial trial = {.newborn = false};
        if (release_try(allocate, &trial, try_all, &trial) == 0)
            layout = trial.layout;
    }
    pthread_mutex_unlock(&lock);
    return layout.thread[1] != 0 ? &layout : NULL;
}

/* ---- using it ---- */

/* Of sizes for none, one and two: for any number. */
static size_t for_count(const size_t sizes[3], int count) {
    return count < 2 ? sizes[count] : sizes[1] + (size_t)(count - 1) * (sizes[2] - sizes[1]);
}

static int user_values(lua_State *L, int index) {
    int count = 0;
    while (lua_getiuservalue(L, index, count + 1) != LUA_TNONE) {
        lua_pop(L, 1);
        count++;
    }
    lua_pop(L, 1);
    return count;
}

static int upvalues(lua_State *L, int index) {
    lua_Debug record;
    lua_pushvalue(L, index);
    lua_getinfo(L, ">u", &record);
    return record.nups;
}

static bool is_main(lua_State *L, const lua_State *thread) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_MAINTHREAD);
    bool main = lua_tothread(L, -1) == thread;
    lua_pop(L, 1);
    return main;
}

static struct layout_block of_userdata(const struct layout *layout, lua_State *L, int index) {
    size_t offset = for_count(layout->userdata, user_values(L, index));
    const char *memory = lua_touserdata(L, index);
    return (struct layout_block){memory - offset, offset + lua_rawlen(L, index), FIGURES_USERDATA};
}

struct layout_block layout_of(const struct layout *layout, lua_State *L, int index) {
    struct layout_block block = {.address = lua_topointer(L, index)};
    switch (lua_type(L, index)) {
    case LUA_TSTRING:
        block.kind = FIGURES_STRING;
        block.address = lua_tostring(L, index) - layout->text;
        block.size = layout->text + lua_rawlen(L, index) + 1;
        return block;
    case LUA_TTABLE:
        block.kind = FIGURES_TABLE;
        block.size = layout->table;
        return block;
    case LUA_TFUNCTION:
        block.kind = FIGURES_FUNCTION;
        block.size =
            for_count(lua_iscfunction(L, index) ? layout->c_function : layout->lua_function,
                      upvalues(L, index));
        return block;
    case LUA_TTHREAD:
        block.kind = FIGURES_THREAD;
        block.address = threads_block(lua_tothread(L, index));
        block.size = layout->thread[!is_main(L, lua_tothread(L, index))];
        return block;
    default:
        return of_userdata(layout, L, index);
    }
}

struct layout_block layout_of_upvalue(const struct layout *layout, lua_State *L, int function,
                                      int n) {
    struct layout_block block = {.size = layout->upvalue, .kind = FIGURES_UPVALUE};
    if (!lua_iscfunction(L, function))
        block.address = lua_upvalueid(L, function, n);
    return block;
}

struct layout_table_parts layout_table_parts(const struct layout *layout, const void *table) {
    struct layout_table_parts parts = {.array = word_at(table, layout->array),
                                       .nodes = word_at(table, layout->nodes)};
    if (parts.nodes == layout->no_nodes)
        parts.nodes = NULL;
    if (parts.array != NULL)
        parts.array_bytes = array_bytes(layout, table);
    if (parts.nodes != NULL)
        parts.nodes_bytes = nodes_bytes(layout, table);
    return parts;
}

const void *layout_stack(const struct layout *layout, const lua_State *L) {
    return word_at(threads_block(L), layout->stack);
}

size_t layout_stack_bytes(const struct layout *layout, const lua_State *L) {
    const char *stack = layout_stack(layout, L);
    const char *end = word_at(threads_block(L), layout->stack_end);
    return stack != NULL && end > stack ? (size_t)(end - stack) + SPARE_STACK : 0;
}

const void *layout_strings(const struct layout *layout, const lua_State *main) {
    return word_at(threads_block(main), layout->strings);
}
