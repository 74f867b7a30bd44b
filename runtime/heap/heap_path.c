/* SPDX-License-Identifier: MIT */
#include "heap_path.h"

#include "coroutine.h"
#include "frame_name.h"
#include "inspect.h"
#include "key.h"
#include "location.h"
#include "source.h"
#include "stop.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

/* One step being described. */
struct step {
    const char *kind;
    struct string_builder text;
    struct string_builder name; /* what the value at its end is called, without what comes before */
    enum { STEP_STARTS, STEP_FOLLOWS, STEP_OF } joins; /* list, .items, metatable of ... */
    cJSON *source; /* where it is in the program; NULL: nowhere */
    int line;
};

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

/* ---- words ---- */

static bool is_main(const struct stop *stop, const lua_State *thread) {
    return stop->account->threads.first->L == thread;
}

/* Of a main chunk the line it is at, of others where they begin. `record` has "Sl". */
static void locate(struct step *step, const struct stop *stop, const lua_Debug *record) {
    int line = *record->what == 'm' ? record->currentline : record->linedefined;
    step->source = source_of(&stop->account->chunks, record);
    step->line = line > 0 ? line : 1;
}

/* "main chunk, leaks.lua", "look_up, leaks.lua:16, coroutine 3", "pcall" */
static void write_frame(struct step *step, const struct stop *stop, const struct heap_edge *edge) {
    lua_Debug record;
    struct string_builder *builder = &step->text;
    struct threads *threads = &stop->account->threads;
    if (!lua_getstack(edge->thread, edge->level, &record))
        return;
    lua_getinfo(edge->thread, "nSlt", &record);
    locate(step, stop, &record);
    if (*record.what == 'L' && record.name == NULL)
        string_builder_print(builder, "function");
    else
        frame_name_write(builder, stop->L, edge->thread, &record);
    if (*record.what != 'C') {
        string_builder_print(builder, ", ");
        location_write(builder, &record, *record.what == 'm' ? 0 : record.linedefined);
    }
    struct thread *thread = threads_of(threads, edge->thread);
    if (thread != NULL && !is_main(stop, edge->thread))
        string_builder_print(builder, ", coroutine %d", threads_id(threads, thread));
}

static void write_in_frame(struct step *step, const struct stop *stop,
                           const struct heap_edge *edge) {
    string_builder_print(&step->text, " (");
    write_frame(step, stop, edge);
    string_builder_print(&step->text, ")");
}

static void name_both(struct step *step, const char *prefix, const char *name) {
    string_builder_print(&step->text, "%s", prefix);
    string_builder_excerpt(&step->text, name, strlen(name), STRING_BUILDER_NAME_BYTES);
    string_builder_excerpt(&step->name, name, strlen(name), STRING_BUILDER_NAME_BYTES);
}

static void numbered(struct step *step, const char *what, int n) {
    string_builder_print(&step->text, "%s %d", what, n);
    string_builder_print(&step->name, "%s %d", what, n);
}

static void called(struct step *step, const char *what) {
    string_builder_print(&step->text, "%s", what);
    string_builder_print(&step->name, "%s", what);
}

/* .name, ["odd name"], [17], [table: 0x...] */
static void write_index(struct string_builder *builder, lua_State *L, int key) {
    int type = lua_type(L, key);
    if (type == LUA_TSTRING || type == LUA_TNUMBER || type == LUA_TBOOLEAN)
        key_write_index(builder, L, key);
    else
        key_write_name(builder, L, key);
}

static void describe_field(struct step *step, const struct descent *descent,
                           const struct heap_edge *edge) {
    lua_State *L = descent->walk->L;
    if (descent->globals) {
        step->kind = "global";
        string_builder_print(&step->text, "global ");
        key_write_name(&step->text, L, edge->key);
        key_write_name(&step->name, L, edge->key);
        return;
    }
    step->kind = "field";
    step->joins = STEP_FOLLOWS;
    write_index(&step->text, L, edge->key);
    write_index(&step->name, L, edge->key);
}

static void describe_table_edge(struct step *step, const struct descent *descent,
                                const struct heap_edge *edge) {
    if (edge->kind == HEAP_FIELD) {
        describe_field(step, descent, edge);
        return;
    }
    step->joins = STEP_OF;
    step->kind = edge->kind == HEAP_KEY ? "key" : "metatable";
    called(step, step->kind);
}

static void describe_frame_edge(struct step *step, const struct stop *stop,
                                const struct heap_edge *edge) {
    if (edge->kind == HEAP_LOCAL) {
        step->kind = "local";
        name_both(step, "local ", edge->name);
    } else if (edge->kind == HEAP_VARARG) {
        step->kind = "vararg";
        numbered(step, "vararg", edge->n);
    } else if (edge->kind == HEAP_TEMPORARY) {
        step->kind = "temporary";
        called(step, "a temporary value");
    } else {
        step->kind = "function";
        called(step, "the function that runs");
    }
    write_in_frame(step, stop, edge);
}

static void describe_root(struct step *step, const struct stop *stop,
                          const struct heap_edge *edge) {
    if (edge->kind == HEAP_GLOBALS) {
        step->kind = "global";
        name_both(step, "global ", LUA_GNAME);
    } else if (edge->kind == HEAP_REGISTRY) {
        step->kind = "registry";
        called(step, "registry");
    } else if (edge->kind == HEAP_RUNNING) {
        step->kind = "thread";
        struct thread *thread = threads_of(&stop->account->threads, edge->thread);
        if (thread != NULL)
            coroutine_write(&step->text, &stop->coroutines, thread);
        string_builder_print(&step->name, "%s", string_builder_text(&step->text));
    } else {
        step->kind = "metatable";
        string_builder_print(&step->text, "metatable of type %s",
                             lua_typename(edge->thread, edge->n));
        string_builder_print(&step->name, "%s", string_builder_text(&step->text));
    }
}

/* A function, on top of the stack, is where it is defined. */
static void locate_function(struct step *step, const struct stop *stop, lua_State *L) {
    lua_Debug record;
    if (step->source != NULL || !lua_isfunction(L, -1))
        return;
    lua_pushvalue(L, -1);
    lua_getinfo(L, ">Sl", &record);
    locate(step, stop, &record);
}

static void describe_edge(struct step *step, const struct descent *descent,
                          const struct heap_edge *edge) {
    const struct stop *stop = descent->walk->stop;
    if (edge->kind <= HEAP_TYPE_METATABLE) {
        describe_root(step, stop, edge);
    } else if (edge->kind <= HEAP_METATABLE) {
        describe_table_edge(step, descent, edge);
    } else if (edge->kind == HEAP_UPVALUE) {
        step->kind = "upvalue";
        if (*edge->name != '\0')
            name_both(step, "upvalue ", edge->name);
        else
            numbered(step, "upvalue", edge->n);
    } else if (edge->kind == HEAP_USER_VALUE) {
        step->kind = "userValue";
        step->joins = STEP_OF;
        numbered(step, "user value", edge->n);
    } else if (edge->kind == HEAP_PREPARED) {
        step->kind = edge->n == 1 ? "function" : "argument";
        if (edge->n == 1)
            called(step, "the function to be run");
        else
            numbered(step, "argument", edge->n - 1);
    } else {
        describe_frame_edge(step, stop, edge);
    }
}

/* ---- putting together ---- */

static void replace(struct string_builder *builder, struct string_builder *with) {
    string_builder_finish(builder);
    *builder = *with;
    *with = (struct string_builder){0};
}

/* What the value is called now. */
static void rename_value(struct string_builder *name, const struct step *step) {
    const char *own = string_builder_text(&step->name);
    if (step->joins == STEP_FOLLOWS) {
        string_builder_print(name, "%s", own);
        return;
    }
    struct string_builder whole = {0};
    if (step->joins == STEP_OF)
        string_builder_print(&whole, "%s of %s", own, string_builder_text(name));
    else
        string_builder_print(&whole, "%s", own);
    replace(name, &whole);
}

/* Takes the source. */
static void add_step(struct heap_path *path, struct step *step) {
    cJSON *json = cJSON_CreateObject();
    const char *text = string_builder_text(&step->text);
    cJSON_AddStringToObject(json, "kind", step->kind);
    cJSON_AddStringToObject(json, "text", text);
    if (step->source != NULL) {
        cJSON_AddItemToObject(json, "source", step->source);
        cJSON_AddNumberToObject(json, "line", step->line);
        step->source = NULL;
    }
    cJSON_AddItemToArray(path->steps, json);
    string_builder_print(&path->text, "%s%s",
                         *string_builder_text(&path->text) != '\0' ? " → " : "", text);
}

static void finish_step(struct step *step) {
    string_builder_finish(&step->text);
    string_builder_finish(&step->name);
    cJSON_Delete(step->source);
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
    struct step step = {.kind = "more"};
    string_builder_print(&step.text, "… %zu more …", descent->depth - HEAP_PATH_SHOWN);
    string_builder_print(&step.name, "…");
    add_step(descent->path, &step);
    replace(&descent->name, &step.name);
    finish_step(&step);
}

static void show(struct descent *descent, const struct heap_edge *edge) {
    struct step step = {.joins = STEP_STARTS};
    if (!is_shown(descent)) {
        if (descent->at == HEAP_PATH_SHOWN / 2)
            show_gap(descent);
        return;
    }
    describe_edge(&step, descent, edge);
    locate_function(&step, descent->walk->stop, descent->walk->L);
    rename_value(&descent->name, &step);
    if (!goes_without_saying(descent, edge))
        add_step(descent->path, &step);
    finish_step(&step);
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

static void note_holder(struct descent *descent) {
    lua_State *L = descent->walk->L;
    int slot = descent->value;
    if (lua_isnil(L, slot))
        return;
    string_builder_print(&descent->path->value, "%s: %p", luaL_typename(L, slot),
                         lua_topointer(L, slot));
    string_builder_print(&descent->path->holder, "%s", string_builder_text(&descent->name));
}

static bool step_down(struct descent *descent) {
    struct heap_walk *walk = descent->walk;
    descent->found = false;
    if (descent->at == 0)
        heap_roots(walk->stop, walk->L, on_edge, descent);
    else
        heap_edges(walk->stop, walk->L, descent->value, on_edge, descent);
    descent->at++;
    return descent->found;
}

static bool go_down(struct descent *descent, bool variables) {
    while (descent->at < descent->depth) {
        if (descent->at + 1 == descent->depth)
            note_holder(descent);
        if (!step_down(descent))
            return false;
    }
    if (variables) { /* the holder is the variable, not what it is in */
        string_builder_finish(&descent->path->holder);
        replace(&descent->path->holder, &descent->name);
    }
    return true;
}

/* The ordinals of the edges from the roots to the group's first, the caller's to free(). */
static uint32_t *ordinals_of(const struct heap_walk *walk, const struct heap_group *group,
                             size_t *depth) {
    *depth = 1;
    for (uint32_t node = group->holder; node != 0; node = walk->nodes[node].parent)
        ++*depth;
    uint32_t *ordinals = malloc(*depth * sizeof *ordinals), *at = ordinals + *depth;
    if (ordinals == NULL)
        return NULL;
    *--at = group->ordinal;
    for (uint32_t node = group->holder; node != 0; node = walk->nodes[node].parent)
        *--at = walk->nodes[node].ordinal;
    return ordinals;
}

bool heap_path_describe(struct heap_path *path, struct heap_walk *walk,
                        const struct heap_group *group) {
    *path = (struct heap_path){.steps = cJSON_CreateArray()};
    struct descent descent = {.walk = walk, .path = path};
    uint32_t *ordinals = ordinals_of(walk, group, &descent.depth);
    if (ordinals == NULL)
        return false;
    lua_pushnil(walk->L);
    descent.value = lua_gettop(walk->L);
    descent.ordinals = ordinals;
    bool whole = go_down(&descent, walk->nodes[group->holder].separate);
    lua_pop(walk->L, 1);
    string_builder_finish(&descent.name);
    free(ordinals);
    return whole;
}

void heap_path_finish(struct heap_path *path) {
    cJSON_Delete(path->steps);
    string_builder_finish(&path->text);
    string_builder_finish(&path->holder);
    string_builder_finish(&path->value);
}
