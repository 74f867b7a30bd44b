/* SPDX-License-Identifier: MIT */
/*
 * The request luaheat/heapSnapshot: all that is alive, and who refers to whom, as a file that
 * Chrome and VS Code open (snapshot_file.h). An object is called by what it is and the line that
 * made it, so that those of one line stand together there.
 */
#include "account.h"
#include "allocator.h"
#include "arguments.h"
#include "evaluation.h"
#include "heap_blocks.h"
#include "heap_retainers.h"
#include "heap_step.h"
#include "layout.h"
#include "snapshot_file.h"
#include "stop.h"

#include <errno.h>
#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct taking {
    const struct stop *stop;
    const char *path;
    struct heap heap;
    struct heap_walk walk;
    struct snapshot_file file;
    uint64_t bytes; /* of all that is in it */
    int error;      /* a negative errno */
};

/* ---- nodes ---- */

/* " game.lua:12"; nothing of what is no line. */
static void write_site(struct string_builder *builder, const struct figures *figures,
                       uint32_t number) {
    const struct figures_site *site = &figures->sites[number];
    const struct figures_source *source = &figures->sources[site->source];
    const char *name = figures->text + source->name;
    if (number < FIGURES_PSEUDO_SITES)
        return;
    size_t mark = source->name_bytes > 0 && (*name == '@' || *name == '=');
    string_builder_print(builder, " ");
    string_builder_excerpt(builder, name + mark, source->name_bytes - mark,
                           SNAPSHOT_NAME_BYTES / 2);
    string_builder_print(builder, ":%u", site->line);
}

static void write_function(struct string_builder *builder, lua_State *L) {
    lua_Debug record;
    lua_pushvalue(L, -1);
    lua_getinfo(L, ">S", &record);
    if (*record.what == 'C')
        string_builder_print(builder, "C function");
    else
        string_builder_print(builder, "function");
}

/* The name that C gave its type. */
static void write_userdata(struct string_builder *builder, lua_State *L) {
    if (luaL_getmetafield(L, -1, "__name") == LUA_TNIL) {
        string_builder_print(builder, "userdata");
        return;
    }
    if (lua_type(L, -1) == LUA_TSTRING)
        string_builder_escape(builder, lua_tostring(L, -1), lua_rawlen(L, -1));
    lua_pop(L, 1);
}

static enum snapshot_node_type describe(struct string_builder *builder, lua_State *L) {
    switch (lua_type(L, -1)) {
    case LUA_TFUNCTION:
        write_function(builder, L);
        return SNAPSHOT_CLOSURE;
    case LUA_TUSERDATA:
        write_userdata(builder, L);
        return SNAPSHOT_NATIVE;
    default:
        string_builder_print(builder, "%s", luaL_typename(L, -1));
        return SNAPSHOT_OBJECT;
    }
}

struct blocks {
    uint32_t site; /* of the first */
    uint64_t bytes, count;
};

static void add_block(void *data, uint32_t site, size_t size) {
    struct blocks *blocks = data;
    if (blocks->count++ == 0)
        blocks->site = site;
    blocks->bytes += size;
}

/* The same as long as it lives, odd as V8's are. */
static uint64_t id_of(const void *object) {
    return ((uint64_t)(uintptr_t)object >> 3) * 2 + 1;
}

static int add_string(struct taking *taking, lua_State *L, const struct blocks *blocks,
                      const void *object) {
    size_t size;
    const char *text = lua_tolstring(L, -1, &size);
    return snapshot_file_add_node(&taking->file, SNAPSHOT_STRING, text, size, id_of(object),
                                  blocks->bytes);
}

static int add_object(struct taking *taking, lua_State *L, const struct blocks *blocks,
                      const void *object) {
    struct string_builder name = {0};
    enum snapshot_node_type type = describe(&name, L);
    write_site(&name, taking->stop->account->ledger.figures, blocks->site);
    int error = snapshot_file_add_node(&taking->file, type, string_builder_text(&name), name.size,
                                       id_of(object), blocks->bytes);
    string_builder_finish(&name);
    return error;
}

static void note_error(struct taking *taking, int error) {
    if (taking->error == 0)
        taking->error = error;
}

static struct heap_look look(const struct heap_walk *walk, const void *object) {
    struct taking *taking = walk->data;
    struct blocks blocks = {0};
    heap_blocks(taking->stop->account, walk->layout, walk->L, add_block, &blocks);
    taking->bytes += blocks.bytes;
    note_error(taking, lua_type(walk->L, -1) == LUA_TSTRING
                           ? add_string(taking, walk->L, &blocks, object)
                           : add_object(taking, walk->L, &blocks, object));
    return (struct heap_look){.bytes = blocks.bytes};
}

static struct heap_look look_at_box(const struct heap_walk *walk, const void *box) {
    static const char name[] = "upvalue";
    struct taking *taking = walk->data;
    size_t size = account_block_of(taking->stop->account, box).size;
    taking->bytes += size;
    note_error(taking, snapshot_file_add_node(&taking->file, SNAPSHOT_HIDDEN, name, strlen(name),
                                              id_of(box), size));
    return (struct heap_look){.bytes = size};
}

/* ---- edges ---- */

static enum snapshot_edge_type type_of(enum heap_edge_kind kind) {
    switch (kind) {
    case HEAP_FIELD:
    case HEAP_GLOBALS:
    case HEAP_RUNNING:
    case HEAP_REGISTRY:
    case HEAP_TYPE_METATABLE:
        return SNAPSHOT_PROPERTY;
    case HEAP_UPVALUE:
    case HEAP_LOCAL:
    case HEAP_VARARG:
        return SNAPSHOT_CONTEXT;
    default:
        return SNAPSHOT_INTERNAL;
    }
}

static int add_described(const struct heap_walk *walk, uint32_t from, uint32_t to,
                         const struct heap_edge *edge) {
    struct taking *taking = walk->data;
    struct heap_step step = {0};
    heap_step_describe(&step, (struct heap_step_form){0}, walk->heap, walk->L, edge, false);
    const struct string_builder *name = step.name.size > 0 ? &step.name : &step.text;
    int error = snapshot_file_add_edge(&taking->file, from, to, type_of(edge->kind),
                                       string_builder_text(name), name->size);
    heap_step_finish(&step);
    return error;
}

static int add_field(const struct heap_walk *walk, uint32_t from, uint32_t to,
                     const struct heap_edge *edge) {
    lua_State *L = walk->L;
    struct taking *taking = walk->data;
    if (lua_type(L, edge->key) == LUA_TSTRING) {
        size_t size;
        const char *name = lua_tolstring(L, edge->key, &size);
        return snapshot_file_add_edge(&taking->file, from, to, SNAPSHOT_PROPERTY, name, size);
    }
    lua_Integer index = lua_isinteger(L, edge->key) ? lua_tointeger(L, edge->key) : -1;
    if (index >= 0 && index <= INT32_MAX)
        return snapshot_file_add_element(&taking->file, from, to, (uint32_t)index);
    return add_described(walk, from, to, edge);
}

static int note(const struct heap_walk *walk, uint32_t from, uint32_t to,
                const struct heap_edge *edge) {
    struct taking *taking = walk->data;
    int error = taking->error;
    if (error == 0 && edge == NULL)
        error = snapshot_file_add_edge(&taking->file, from, to, SNAPSHOT_INTERNAL, "", 0);
    else if (error == 0)
        error = edge->kind == HEAP_FIELD ? add_field(walk, from, to, edge)
                                         : add_described(walk, from, to, edge);
    return error;
}

/* ---- the file ---- */

static bool is_cancelled(void *data) {
    const struct stop *stop = ((struct taking *)data)->stop;
    return stop->interrupted != NULL && stop->interrupted(stop->interrupted_data);
}

/* An older one is replaced when this one is whole. */
static int write_file(struct taking *taking) {
    struct string_builder path = {0};
    string_builder_print(&path, "%s.%ld", taking->path, (long)getpid());
    FILE *to = fopen(string_builder_text(&path), "wex");
    int error = to == NULL ? -errno : 0;
    if (error == 0) {
        error = snapshot_file_write(&taking->file, to, is_cancelled, taking);
        if (fclose(to) != 0 && error == 0)
            error = -errno;
        if (error == 0 && rename(string_builder_text(&path), taking->path) != 0)
            error = -errno;
        if (error != 0)
            unlink(string_builder_text(&path));
    }
    string_builder_finish(&path);
    return error;
}

static int fail(lua_State *co, const struct taking *taking, int error) {
    if (error == -ECANCELED)
        return luaL_error(co, "cancelled");
    return luaL_error(co, "cannot write %s: %s", taking->path, strerror(-error));
}

static int perform(lua_State *co, struct evaluation *evaluation) {
    struct taking *taking = evaluation->data;
    struct heap_walk *walk = &taking->walk;
    walk->L = co;
    luaL_checkstack(co, HEAP_RETAINERS_SLOTS, NULL);
    walk->layout = layout_measured();
    int error = walk->layout != NULL
                    ? snapshot_file_add_node(&taking->file, SNAPSHOT_SYNTHETIC, "", 0, 1, 0)
                    : -ENOMEM;
    if (error == 0 && heap_walk(walk) != HEAP_WALK_DONE)
        error = walk->status == HEAP_WALK_CANCELLED ? -ECANCELED : -ENOMEM;
    if (error == 0)
        error = taking->error;
    if (error == 0)
        error = write_file(taking);
    return error == 0 ? 0 : fail(co, taking, error);
}

static cJSON *finish(struct evaluation *evaluation, lua_State *co, int count) {
    const struct taking *taking = evaluation->data;
    cJSON *body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "path", taking->path);
    cJSON_AddNumberToObject(body, "objects", (double)taking->file.nodes.count - 1);
    cJSON_AddNumberToObject(body, "bytes", (double)taking->bytes);
    return body;
}

/* ---- the request ---- */

static cJSON *take(struct stop *stop, const cJSON *arguments, struct inspect_problem *problem) {
    struct taking taking = {.stop = stop,
                            .path = arguments_text(arguments, "path"),
                            .heap = {.coroutines = stop->coroutines, .height = stop->height}};
    struct evaluation evaluation = {
        .stop = stop, .perform = perform, .finish = finish, .data = &taking, .problem = problem};
    if (!stop_measures(stop))
        return inspect_refuse(problem, "memory is not measured: how big objects are is not known");
    taking.walk = (struct heap_walk){.heap = &taking.heap,
                                     .collector = &stop->collector,
                                     .interrupted = stop->interrupted,
                                     .interrupted_data = stop->interrupted_data,
                                     .reached = &stop->walked,
                                     .look = look,
                                     .look_at_box = look_at_box,
                                     .note = note,
                                     .data = &taking};
    cJSON *body = evaluation_run(&evaluation);
    heap_walk_finish(&taking.walk);
    snapshot_file_finish(&taking.file);
    return body;
}

const struct inspect_request heap_snapshot_requests[] = {
    {"luaheat/heapSnapshot", take},
    {NULL, NULL},
};
