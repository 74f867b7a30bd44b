/* SPDX-License-Identifier: MIT */
#include "retainers_answer.h"

#include "heap_path.h"
#include "path_json.h"

#include <stdlib.h>

struct answer {
    struct heap_retainers *retainers;
    struct chunks *chunks;
    const struct retainers_wish *wish;
    cJSON *body;
};

/* ---- holders ---- */

static void add_holder(const struct answer *answer, cJSON *list,
                       const struct heap_retainer *retainer) {
    struct heap_path path;
    if (heap_path_describe(&path, &answer->retainers->walk, retainer)) {
        cJSON *json = cJSON_CreateObject();
        cJSON_AddNumberToObject(json, "count", (double)retainer->count);
        cJSON_AddStringToObject(json, "holder", string_builder_text(&path.retainer));
        cJSON_AddStringToObject(json, "value", string_builder_text(&path.value));
        path_json_add(json, answer->chunks, &path);
        cJSON_AddItemToArray(list, json);
    }
    heap_path_finish(&path);
}

static void add_holders(const struct answer *answer) {
    const struct heap_walk *walk = &answer->retainers->walk;
    cJSON *list = cJSON_AddArrayToObject(answer->body, "holders");
    for (size_t i = 1; i < walk->retainers.count && i <= answer->wish->limit; i++)
        add_holder(answer, list, &walk->retainers.items[i]);
}

/* ---- shapes ---- */

/* Of one object the bytes are the same whichever way it is reached. */
static bool has_bytes(const struct answer *answer) {
    return !heap_retainers_is_of_object(answer->retainers);
}

static void add_bytes(cJSON *json, uint64_t bytes, uint64_t retained) {
    cJSON_AddNumberToObject(json, "bytes", (double)bytes);
    cJSON_AddNumberToObject(json, "retained", (double)retained);
}

static cJSON *shape_json(const struct answer *answer, const struct heap_shape *shape) {
    struct heap_path path;
    struct heap_retainers *retainers = answer->retainers;
    cJSON *json = cJSON_CreateObject();
    if (heap_path_describe_shape(&path, &retainers->walk, &retainers->shapes, shape)) {
        cJSON_AddNumberToObject(json, "count", (double)shape->count);
        cJSON_AddNumberToObject(json, "paths", (double)shape->paths);
        if (has_bytes(answer))
            add_bytes(json, shape->bytes, shape->retained);
        path_json_add(json, answer->chunks, &path);
    }
    heap_path_finish(&path);
    return json;
}

static void add_shapes(const struct answer *answer) {
    struct heap_retainers *retainers = answer->retainers;
    const struct heap_shapes *shapes = &retainers->shapes;
    cJSON *list = cJSON_AddArrayToObject(answer->body, "shapes");
    if (has_bytes(answer) &&
        heap_retainers_weigh(retainers, 0, answer->wish->limit) != HEAP_WALK_DONE)
        return;
    for (size_t i = 0; i < shapes->found_count && i < answer->wish->limit; i++)
        cJSON_AddItemToArray(list, shape_json(answer, shapes->found[i]));
}

/* ---- a shape's single paths ---- */

static void add_single(const struct answer *answer, cJSON *list, const struct heap_single *single) {
    struct heap_path path;
    if (heap_path_describe_node(&path, &answer->retainers->walk, single->node)) {
        cJSON *json = cJSON_CreateObject();
        cJSON_AddNumberToObject(json, "count", (double)single->count);
        if (has_bytes(answer))
            add_bytes(json, single->bytes, single->retained);
        path_json_add(json, answer->chunks, &path);
        cJSON_AddItemToArray(list, json);
    }
    heap_path_finish(&path);
}

static void open_shape(const struct answer *answer, size_t number) {
    struct heap_retainers *retainers = answer->retainers;
    struct heap_shape *shape = retainers->shapes.found[number];
    size_t start = answer->wish->start, count = answer->wish->count;
    struct heap_single *singles = NULL;
    cJSON *list = cJSON_AddArrayToObject(answer->body, "paths");
    if (has_bytes(answer))
        heap_retainers_weigh(retainers, number, 1);
    heap_retainers_open(retainers, shape, start, has_bytes(answer) ? count : 0, &singles);
    if (retainers->walk.status == HEAP_WALK_DONE) {
        cJSON_AddItemToObject(answer->body, "shape", shape_json(answer, shape));
        for (size_t i = start; i < shape->paths && i - start < count; i++)
            add_single(answer, list, &singles[i]);
    }
    free(singles);
}

/* ---- all of it ---- */

static void add_counts(const struct answer *answer) {
    const struct heap_walk *walk = &answer->retainers->walk;
    size_t groups = walk->retainers.count > 0 ? walk->retainers.count - 1 : 0;
    cJSON_AddNumberToObject(answer->body, "walked", (double)(walk->nodes.list.count - 1));
    cJSON_AddNumberToObject(answer->body, "found", (double)walk->found);
    cJSON_AddNumberToObject(answer->body, "groups", (double)groups);
    if (walk->unseen_frames > 0)
        cJSON_AddNumberToObject(answer->body, "unseenFrames", (double)walk->unseen_frames);
}

/* The line's, which the shapes' are a part of; or the object's. */
static void add_whole(const struct answer *answer) {
    struct heap_single object;
    struct heap_retainers *retainers = answer->retainers;
    if (has_bytes(answer)) {
        cJSON_AddNumberToObject(answer->body, "live", (double)heap_retainers_live(retainers));
        cJSON_AddNumberToObject(answer->body, "reached", (double)heap_retainers_reached(retainers));
    } else if (retainers->walk.keeps_graph &&
               heap_retainers_weigh_object(retainers, &object) == HEAP_WALK_DONE) {
        add_bytes(answer->body, object.bytes, object.retained);
    }
}

cJSON *retainers_answer(struct heap_retainers *retainers, struct chunks *chunks,
                        const struct retainers_wish *wish) {
    struct answer answer = {retainers, chunks, wish, cJSON_CreateObject()};
    bool opens = wish->shape >= 0 && (size_t)wish->shape < retainers->shapes.found_count;
    add_counts(&answer);
    add_whole(&answer);
    cJSON_AddNumberToObject(answer.body, "shapeCount", (double)retainers->shapes.found_count);
    if (!wish->holders_left_out)
        add_holders(&answer);
    if (opens)
        open_shape(&answer, (size_t)wish->shape);
    else
        add_shapes(&answer);
    return answer.body;
}
