/* SPDX-License-Identifier: MIT */
#include "heap_path.h"

#include <assert.h>
#include <lauxlib.h>
#include <stdlib.h>

struct descent {
    struct heap_walk *walk;
    struct heap_path *path;
    const uint32_t *ordinals; /* from the roots down */
    size_t depth;
    size_t at;
    int value;                  /* the stack slot of the value reached */
    bool globals;               /* it is the table of globals, not named yet */
    bool found;                 /* the edge at this step */
    struct string_builder name; /* of the value reached */
};

/* ---- putting together ---- */

static void replace(struct string_builder *builder, struct string_builder *with) {
    string_builder_finish(builder);
    *builder = *with;
    *with = (struct string_builder){0};
}

/* What the value is called now. */
static void rename_value(struct string_builder *name, const struct heap_step *step) {
    const char *own = string_builder_text(&step->name);
    if (step->joins == HEAP_STEP_FOLLOWS) {
        string_builder_print(name, "%s", own);
        return;
    }
    struct string_builder whole = {0};
    if (step->joins == HEAP_STEP_OF)
        string_builder_print(&whole, "%s of %s", own, string_builder_text(name));
    else
        string_builder_print(&whole, "%s", own);
    replace(name, &whole);
}

/* Takes its text. */
static void add_step(struct heap_path *path, const struct heap_step *step) {
    assert(path->count < sizeof path->steps / sizeof *path->steps);
    path->steps[path->count++] = *step;
    string_builder_print(&path->text, "%s%s",
                         *string_builder_text(&path->text) != '\0' ? " → " : "",
                         string_builder_text(&step->text));
}

/* The globals and the running threads need not be told: what follows says where it is. */
static bool goes_without_saying(const struct descent *descent, const struct heap_edge *edge) {
    return descent->at == 0 && descent->depth > 1 &&
           (edge->kind == HEAP_GLOBALS || edge->kind == HEAP_RUNNING);
}

static bool is_shown(const struct descent *descent) {
    return descent->at < HEAP_PATH_SHOWN / 2 || descent->at + HEAP_PATH_SHOWN / 2 >= descent->depth;
}

static void show_gap(struct descent *descent) {
    struct heap_step step = {.kind = "more"};
    string_builder_print(&step.text, "… %zu more …", descent->depth - HEAP_PATH_SHOWN);
    add_step(descent->path, &step);
    string_builder_finish(&descent->name);
    string_builder_print(&descent->name, "…");
}

static void show(struct descent *descent, const struct heap_edge *edge) {
    struct heap_step step;
    if (!is_shown(descent)) {
        if (descent->at == HEAP_PATH_SHOWN / 2)
            show_gap(descent);
        return;
    }
    heap_step_describe(&step, descent->walk->heap, descent->walk->L, edge, descent->globals);
    rename_value(&descent->name, &step);
    if (goes_without_saying(descent, edge))
        heap_step_finish(&step);
    else
        add_step(descent->path, &step);
    descent->globals = edge->kind == HEAP_GLOBALS;
}

/* ---- going down ---- */

static bool on_edge(void *data, lua_State *L, const struct heap_edge *edge) {
    struct descent *descent = data;
    if (heap_walk_cancelled(descent->walk))
        return false;
    if (edge->ordinal != descent->ordinals[descent->at])
        return true;
    descent->found = true;
    show(descent, edge);
    lua_pushvalue(L, -1);
    lua_replace(L, descent->value);
    return false;
}

static void note_retainer(struct descent *descent) {
    lua_State *L = descent->walk->L;
    int slot = descent->value;
    if (lua_isnil(L, slot))
        return;
    string_builder_print(&descent->path->value, "%s: %p", luaL_typename(L, slot),
                         lua_topointer(L, slot));
    string_builder_print(&descent->path->retainer, "%s", string_builder_text(&descent->name));
}

static bool step_down(struct descent *descent) {
    struct heap_walk *walk = descent->walk;
    descent->found = false;
    if (descent->at == 0)
        heap_roots(walk->heap, walk->L, on_edge, descent);
    else
        heap_edges(walk->heap, walk->L, descent->value, on_edge, descent);
    descent->at++;
    return descent->found;
}

static bool go_down(struct descent *descent, bool variables) {
    while (descent->at < descent->depth) {
        if (descent->at + 1 == descent->depth)
            note_retainer(descent);
        if (!step_down(descent))
            return false;
    }
    if (variables) { /* the retainer is the variable, not what it is in */
        string_builder_finish(&descent->path->retainer);
        replace(&descent->path->retainer, &descent->name);
    }
    return true;
}

/* The ordinals of the edges from the roots to the first that it holds, the caller's to free(). */
static uint32_t *ordinals_of(const struct heap_walk *walk, const struct heap_retainer *retainer,
                             size_t *depth) {
    *depth = 1;
    for (uint32_t node = retainer->node; node != 0; node = walk->nodes.items[node].parent)
        ++*depth;
    uint32_t *ordinals = malloc(*depth * sizeof *ordinals), *at = ordinals + *depth;
    if (ordinals == NULL)
        return NULL;
    *--at = retainer->ordinal;
    for (uint32_t node = retainer->node; node != 0; node = walk->nodes.items[node].parent)
        *--at = walk->nodes.items[node].ordinal;
    return ordinals;
}

bool heap_path_describe(struct heap_path *path, struct heap_walk *walk,
                        const struct heap_retainer *retainer) {
    *path = (struct heap_path){.count = 0};
    struct descent descent = {.walk = walk, .path = path};
    uint32_t *ordinals = ordinals_of(walk, retainer, &descent.depth);
    if (ordinals == NULL)
        return false;
    lua_pushnil(walk->L);
    descent.value = lua_gettop(walk->L);
    descent.ordinals = ordinals;
    bool whole = go_down(&descent, walk->nodes.items[retainer->node].separate);
    lua_pop(walk->L, 1);
    string_builder_finish(&descent.name);
    free(ordinals);
    return whole;
}

void heap_path_finish(struct heap_path *path) {
    for (size_t i = 0; i < path->count; i++)
        heap_step_finish(&path->steps[i]);
    string_builder_finish(&path->text);
    string_builder_finish(&path->retainer);
    string_builder_finish(&path->value);
}
