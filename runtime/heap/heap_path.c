/* SPDX-License-Identifier: MIT */
#include "heap_path.h"

#include "heap_shapes.h"

#include <assert.h>
#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

struct descent {
    struct heap_walk *walk;
    struct heap_path *path;
    const uint32_t *ordinals;           /* from the roots down */
    const struct heap_step_form *forms; /* of each of them; NULL: as it is */
    size_t depth;
    size_t at;
    size_t to_show, shown;      /* steps that are not hidden; those that have been come by */
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

static bool is_kind(const struct heap_step *step, const char *kind) {
    return strcmp(step->kind, kind) == 0;
}

/* In a shape fields follow each other as in Lua's code, from a global variable on. */
static void write_step(struct heap_path *path, const struct heap_step *step) {
    const struct heap_step *last = path->count > 0 ? &path->steps[path->count - 1] : NULL;
    bool names = step->form.general && is_kind(step, "global");
    bool joins = step->form.general && last != NULL && is_kind(step, "field") &&
                 (is_kind(last, "field") || is_kind(last, "global"));
    string_builder_print(&path->text, "%s%s", last == NULL || joins ? "" : " → ",
                         string_builder_text(names ? &step->name : &step->text));
}

/* Takes its text. */
static void add_step(struct heap_path *path, const struct heap_step *step) {
    assert(path->count < sizeof path->steps / sizeof *path->steps);
    write_step(path, step);
    path->steps[path->count++] = *step;
}

/* The globals and the running threads need not be told: what follows says where it is. */
static bool goes_without_saying(const struct descent *descent, const struct heap_edge *edge) {
    return descent->at == 0 && descent->depth > 1 &&
           (edge->kind == HEAP_GLOBALS || edge->kind == HEAP_RUNNING);
}

static bool is_shown(const struct descent *descent) {
    return descent->shown < HEAP_PATH_SHOWN / 2 ||
           descent->shown + HEAP_PATH_SHOWN / 2 >= descent->to_show;
}

static void show_gap(struct descent *descent) {
    struct heap_step step = {.kind = "more"};
    string_builder_print(&step.text, "… %zu more …", descent->to_show - HEAP_PATH_SHOWN);
    add_step(descent->path, &step);
    string_builder_finish(&descent->name);
    string_builder_print(&descent->name, "…");
}

static void show_step(struct descent *descent, struct heap_step_form form,
                      const struct heap_edge *edge) {
    struct heap_step step;
    heap_step_describe(&step, form, descent->walk->heap, descent->walk->L, edge, descent->globals);
    rename_value(&descent->name, &step);
    if (goes_without_saying(descent, edge))
        heap_step_finish(&step);
    else
        add_step(descent->path, &step);
}

static void show(struct descent *descent, const struct heap_edge *edge) {
    static const struct heap_step_form as_it_is;
    struct heap_step_form form = descent->forms != NULL ? descent->forms[descent->at] : as_it_is;
    if (!form.hidden && is_shown(descent))
        show_step(descent, form, edge);
    else if (!form.hidden && descent->shown == HEAP_PATH_SHOWN / 2)
        show_gap(descent);
    descent->shown += !form.hidden;
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

/* The ordinals of the edges from the roots to what is reached from the node by that one, the
   caller's to free(). */
static uint32_t *ordinals_of(const struct heap_walk *walk, uint32_t node, uint32_t ordinal,
                             size_t *depth) {
    const struct heap_node *nodes = walk->nodes.list.items;
    *depth = 1;
    for (uint32_t i = node; i != 0; i = nodes[i].parent)
        ++*depth;
    uint32_t *ordinals = malloc(*depth * sizeof *ordinals), *at = ordinals + *depth;
    if (ordinals == NULL)
        return NULL;
    *--at = ordinal;
    for (uint32_t i = node; i != 0; i = nodes[i].parent)
        *--at = nodes[i].ordinal;
    return ordinals;
}

/* Leaves on the stack what is reached, if it was. */
static bool describe(struct heap_path *path, struct heap_walk *walk, const struct heap_way *way,
                     const struct heap_step_form *forms, size_t to_show) {
    *path = (struct heap_path){.count = 0};
    struct descent descent = {.walk = walk, .path = path, .forms = forms};
    uint32_t *ordinals = ordinals_of(walk, way->parent, way->ordinal, &descent.depth);
    if (ordinals == NULL)
        return false;
    lua_pushnil(walk->L);
    descent.value = lua_gettop(walk->L);
    descent.ordinals = ordinals;
    descent.to_show = forms != NULL ? to_show : descent.depth;
    bool whole = go_down(&descent, walk->nodes.list.items[way->parent].separate);
    if (!whole)
        lua_pop(walk->L, 1);
    string_builder_finish(&descent.name);
    free(ordinals);
    return whole;
}

static bool describe_only(struct heap_path *path, struct heap_walk *walk,
                          const struct heap_way *way, const struct heap_step_form *forms,
                          size_t to_show) {
    bool whole = describe(path, walk, way, forms, to_show);
    if (whole)
        lua_pop(walk->L, 1);
    return whole;
}

bool heap_path_describe(struct heap_path *path, struct heap_walk *walk,
                        const struct heap_retainer *retainer) {
    return describe_only(path, walk, &retainer->way, NULL, 0);
}

static struct heap_way way_to(const struct heap_walk *walk, uint32_t node) {
    const struct heap_node *to = &walk->nodes.list.items[node];
    return (struct heap_way){.parent = to->parent, .ordinal = to->ordinal};
}

bool heap_path_describe_node(struct heap_path *path, struct heap_walk *walk, uint32_t node) {
    const struct heap_way way = way_to(walk, node);
    return describe_only(path, walk, &way, NULL, 0);
}

bool heap_path_describe_object(struct heap_path *path, struct heap_walk *walk, uint32_t node) {
    const struct heap_way way = way_to(walk, node);
    return describe(path, walk, &way, NULL, 0);
}

/* ---- shapes ---- */

/* From the root down. */
struct chain {
    const struct heap_shape **shapes;
    size_t count, next;
};

static bool chain_of(struct chain *chain, struct heap_shapes *shapes,
                     const struct heap_shape *shape) {
    for (const struct heap_shape *at = shape; at != heap_shapes_parent(shapes, at);
         at = heap_shapes_parent(shapes, at))
        chain->count++;
    chain->shapes = malloc((chain->count + 1) * sizeof *chain->shapes);
    for (size_t i = chain->count; chain->shapes != NULL && i-- > 0;
         shape = heap_shapes_parent(shapes, shape))
        chain->shapes[i] = shape;
    return chain->shapes != NULL;
}

/* Of the path to the sample only the first step of each shape of the chain is shown: the others are
   what has led back to one. */
static struct heap_step_form form_of(struct chain *chain, const struct heap_shape *shape) {
    struct heap_step_form form = {.hidden = true, .general = true};
    if (chain->next == chain->count || chain->shapes[chain->next] != shape)
        return form;
    chain->next++;
    form.hidden = false;
    form.several = shape->several;
    form.repeated = shape->repeated;
    return form;
}

/* Of each step to the node, the caller's to free(). */
static struct heap_step_form *forms_of(const struct heap_walk *walk, struct heap_shapes *shapes,
                                       uint32_t node, struct chain *chain) {
    const struct heap_node *nodes = walk->nodes.list.items;
    size_t depth = 0;
    for (uint32_t i = node; i != 0; i = nodes[i].parent)
        depth++;
    uint32_t *way = malloc((depth + 1) * sizeof *way);
    struct heap_step_form *forms = malloc((depth + 1) * sizeof *forms);
    for (size_t at = depth; way != NULL && at-- > 0; node = nodes[node].parent)
        way[at] = node;
    for (size_t at = 0; way != NULL && forms != NULL && at < depth; at++)
        forms[at] = form_of(chain, heap_shapes_of(shapes, way[at]));
    if (way == NULL) {
        free(forms);
        forms = NULL;
    }
    free(way);
    return forms;
}

/* The shape at the node's end. */
static bool describe_shape(struct heap_path *path, struct heap_walk *walk,
                           struct heap_shapes *shapes, const struct heap_shape *shape,
                           uint32_t node) {
    struct chain chain = {0};
    const struct heap_way way = way_to(walk, node);
    *path = (struct heap_path){.count = 0};
    struct heap_step_form *forms = NULL;
    if (chain_of(&chain, shapes, shape))
        forms = forms_of(walk, shapes, node, &chain);
    assert(forms == NULL || chain.next == chain.count);
    bool whole = forms != NULL && describe_only(path, walk, &way, forms, chain.count);
    free(chain.shapes);
    free(forms);
    return whole;
}

bool heap_path_describe_shape(struct heap_path *path, struct heap_walk *walk,
                              struct heap_shapes *shapes, const struct heap_shape *shape) {
    return describe_shape(path, walk, shapes, shape, shape->sample);
}

bool heap_path_describe_shape_by(struct heap_path *path, struct heap_walk *walk,
                                 struct heap_shapes *shapes, const struct heap_shape *shape,
                                 uint32_t node) {
    while (heap_shapes_of(shapes, node) != shape)
        node = walk->nodes.list.items[node].parent;
    return describe_shape(path, walk, shapes, shape, node);
}

void heap_path_finish(struct heap_path *path) {
    for (size_t i = 0; i < path->count; i++)
        heap_step_finish(&path->steps[i]);
    string_builder_finish(&path->text);
    string_builder_finish(&path->retainer);
    string_builder_finish(&path->value);
}
