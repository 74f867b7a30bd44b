/* SPDX-License-Identifier: MIT */
#include "heap_label.h"

#include "heap_edges.h"

#include <ctype.h>
#include <string.h>

/* The multiplier is 2^64 / golden ratio (Knuth 6.4). */
static uint64_t mix(uint64_t one, uint64_t other) {
    uint64_t mixed = (one ^ other) * UINT64_C(0x9e3779b97f4a7c15);
    return mixed ^ mixed >> 32;
}

static uint64_t number_of(lua_State *L, int key) {
    uint64_t bits = 0;
    if (lua_isinteger(L, key)) {
        bits = (uint64_t)lua_tointeger(L, key);
    } else if (lua_type(L, key) == LUA_TNUMBER) {
        lua_Number number = lua_tonumber(L, key);
        memcpy(&bits, &number, sizeof number);
    } else if (lua_isboolean(L, key)) {
        bits = (uint64_t)lua_toboolean(L, key);
    } else {
        bits = (uintptr_t)lua_topointer(L, key);
    }
    return mix(bits, (uint64_t)lua_type(L, key));
}

/* "app.session", "rock-paper": what is called so is one of a few, as what has a name. */
static bool is_like_name(const char *text, size_t size) {
    static const char also[] = {'_', '.', '-', '/', ':'};
    for (size_t i = 0; i < size; i++)
        if (!isalnum((unsigned char)text[i]) && memchr(also, text[i], sizeof also) == NULL)
            return false;
    return size > 0 && !isdigit((unsigned char)*text);
}

/* Lua has each short string once; a key that is longer is another one wherever it stands. */
static void label_field(struct heap_label *label, lua_State *L, int key) {
    size_t size;
    const char *text = lua_type(L, key) == LUA_TSTRING ? lua_tolstring(L, key, &size) : NULL;
    label->is_numbered = text == NULL || !is_like_name(text, size);
    label->name = text != NULL ? (uintptr_t)text : number_of(L, key);
}

/* Of a variable without a name the number says which. */
static void label_variable(struct heap_label *label, const struct heap_edge *edge) {
    label->is_numbered = edge->name == NULL || *edge->name == '\0';
    label->name = label->is_numbered ? (uint64_t)edge->n : (uintptr_t)edge->name;
}

struct heap_label heap_label_of(lua_State *L, const struct heap_edge *edge) {
    struct heap_label label = {.kind = edge->kind};
    if (edge->kind == HEAP_FIELD)
        label_field(&label, L, edge->key);
    else if (edge->kind == HEAP_UPVALUE || edge->kind == HEAP_LOCAL)
        label_variable(&label, edge);
    else if (edge->kind == HEAP_USER_VALUE || edge->kind == HEAP_PREPARED)
        label = (struct heap_label){(uint64_t)edge->n, edge->kind, edge->n > 1};
    else if (edge->kind == HEAP_TYPE_METATABLE)
        label.name = (uint64_t)edge->n;
    if (edge->function != NULL)
        label.name = mix(mix(label.name, (uintptr_t)edge->function->source),
                         (uint64_t)edge->function->linedefined);
    return label;
}
