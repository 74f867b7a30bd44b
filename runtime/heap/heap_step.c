/* SPDX-License-Identifier: MIT */
#include "heap_step.h"

#include "frame_name.h"
#include "key.h"
#include "location.h"

#include <lauxlib.h>
#include <string.h>

static bool is_main(const struct heap *heap, const lua_State *thread) {
    return heap->coroutines.threads->first->L == thread;
}

/* Of a main chunk the line it is at, of others where they begin. `record` has "Sl". */
static void locate(struct heap_step *step, const lua_Debug *record) {
    int line = *record->what == 'm' ? record->currentline : record->linedefined;
    if (*record->what == 'C')
        return;
    step->record = *record;
    step->line = line > 0 ? line : 1;
}

/* "main chunk, leaks.lua", "look_up, leaks.lua:16, coroutine 3", "pcall" */
static void write_frame(struct heap_step *step, const struct heap *heap,
                        const struct heap_edge *edge) {
    lua_Debug record;
    struct string_builder *builder = &step->text;
    struct threads *threads = heap->coroutines.threads;
    if (!lua_getstack(edge->thread, edge->level, &record))
        return;
    lua_getinfo(edge->thread, "nSlt", &record);
    locate(step, &record);
    if (*record.what == 'L' && record.name == NULL)
        string_builder_print(builder, "function");
    else
        frame_name_write(builder, heap->coroutines.running, edge->thread, &record);
    if (*record.what != 'C') {
        string_builder_print(builder, ", ");
        location_write(builder, &record, *record.what == 'm' ? 0 : record.linedefined);
    }
    struct thread *thread = threads_of(threads, edge->thread);
    if (thread != NULL && !step->form.general && !is_main(heap, edge->thread))
        string_builder_print(builder, ", coroutine %d", threads_id(threads, thread));
}

static void write_in_frame(struct heap_step *step, const struct heap *heap,
                           const struct heap_edge *edge) {
    string_builder_print(&step->text, " (");
    write_frame(step, heap, edge);
    string_builder_print(&step->text, ")");
}

static void name_both(struct heap_step *step, const char *prefix, const char *name) {
    string_builder_print(&step->text, "%s", prefix);
    string_builder_excerpt(&step->text, name, strlen(name), STRING_BUILDER_NAME_BYTES);
    string_builder_excerpt(&step->name, name, strlen(name), STRING_BUILDER_NAME_BYTES);
}

static void called(struct heap_step *step, const char *what) {
    string_builder_print(&step->text, "%s", what);
    string_builder_print(&step->name, "%s", what);
}

static void numbered(struct heap_step *step, const char *what, int n) {
    called(step, what);
    string_builder_print(&step->text, step->form.several ? " *" : " %d", n);
    string_builder_print(&step->name, step->form.several ? " *" : " %d", n);
}

/* .name, ["odd name"], [17], [table: 0x...] */
static void write_index(struct string_builder *builder, lua_State *L, int key) {
    int type = lua_type(L, key);
    if (type == LUA_TSTRING || type == LUA_TNUMBER || type == LUA_TBOOLEAN)
        key_write_index(builder, L, key);
    else
        key_write_name(builder, L, key);
}

static void describe_field(struct heap_step *step, lua_State *L, const struct heap_edge *edge,
                           bool of_globals) {
    step->kind = of_globals ? "global" : "field";
    step->joins = of_globals ? HEAP_STEP_STARTS : HEAP_STEP_FOLLOWS;
    if (of_globals)
        string_builder_print(&step->text, "global ");
    if (step->form.several) {
        string_builder_print(&step->text, "[*]");
        string_builder_print(&step->name, "[*]");
    } else if (of_globals) {
        key_write_name(&step->text, L, edge->key);
        key_write_name(&step->name, L, edge->key);
    } else {
        write_index(&step->text, L, edge->key);
        write_index(&step->name, L, edge->key);
    }
}

static void describe_table_edge(struct heap_step *step, lua_State *L, const struct heap_edge *edge,
                                bool of_globals) {
    if (edge->kind == HEAP_FIELD) {
        describe_field(step, L, edge, of_globals);
        return;
    }
    step->joins = HEAP_STEP_OF;
    step->kind = edge->kind == HEAP_KEY ? "key" : "metatable";
    called(step, step->kind);
}

static void describe_frame_edge(struct heap_step *step, const struct heap *heap,
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
    write_in_frame(step, heap, edge);
}

static void describe_root(struct heap_step *step, const struct heap *heap,
                          const struct heap_edge *edge) {
    if (edge->kind == HEAP_GLOBALS) {
        step->kind = "global";
        name_both(step, "global ", LUA_GNAME);
    } else if (edge->kind == HEAP_REGISTRY) {
        step->kind = "registry";
        called(step, "registry");
    } else if (edge->kind == HEAP_RUNNING) {
        step->kind = "thread";
        struct thread *thread = threads_of(heap->coroutines.threads, edge->thread);
        if (thread != NULL)
            coroutine_write(&step->text, &heap->coroutines, thread);
        string_builder_print(&step->name, "%s", string_builder_text(&step->text));
    } else {
        step->kind = "metatable";
        string_builder_print(&step->text, "metatable of type %s",
                             lua_typename(edge->thread, edge->n));
        string_builder_print(&step->name, "%s", string_builder_text(&step->text));
    }
}

/* A function, on top of the stack, is where it is defined. */
static void locate_function(struct heap_step *step, lua_State *L) {
    lua_Debug record;
    if (step->line > 0 || !lua_isfunction(L, -1))
        return;
    lua_pushvalue(L, -1);
    lua_getinfo(L, ">Sl", &record);
    locate(step, &record);
}

static void describe_upvalue(struct heap_step *step, const struct heap_edge *edge) {
    step->kind = "upvalue";
    if (*edge->name != '\0')
        name_both(step, "upvalue ", edge->name);
    else
        numbered(step, "upvalue", edge->n);
}

static void describe_prepared(struct heap_step *step, const struct heap_edge *edge) {
    step->kind = edge->n == 1 ? "function" : "argument";
    if (edge->n == 1)
        called(step, "the function to be run");
    else
        numbered(step, "argument", edge->n - 1);
}

static void describe(struct heap_step *step, const struct heap *heap, lua_State *L,
                     const struct heap_edge *edge, bool of_globals) {
    if (edge->kind <= HEAP_TYPE_METATABLE) {
        describe_root(step, heap, edge);
    } else if (edge->kind <= HEAP_METATABLE) {
        describe_table_edge(step, L, edge, of_globals);
    } else if (edge->kind == HEAP_UPVALUE) {
        describe_upvalue(step, edge);
    } else if (edge->kind == HEAP_USER_VALUE) {
        step->kind = "userValue";
        step->joins = HEAP_STEP_OF;
        numbered(step, "user value", edge->n);
    } else if (edge->kind == HEAP_PREPARED) {
        describe_prepared(step, edge);
    } else {
        describe_frame_edge(step, heap, edge);
    }
}

void heap_step_describe(struct heap_step *step, struct heap_step_form form, const struct heap *heap,
                        lua_State *L, const struct heap_edge *edge, bool of_globals) {
    *step = (struct heap_step){.form = form, .joins = HEAP_STEP_STARTS};
    describe(step, heap, L, edge, of_globals);
    if (form.repeated)
        string_builder_print(&step->text, "*");
    locate_function(step, L);
}

void heap_step_finish(struct heap_step *step) {
    string_builder_finish(&step->text);
    string_builder_finish(&step->name);
}
