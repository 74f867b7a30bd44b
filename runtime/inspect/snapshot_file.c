/* SPDX-License-Identifier: MIT */
#include "snapshot_file.h"

#include "text.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { NODE_FIELDS = 6, FIRST_SLOTS = 1024, LOOK = 4096 };

/* What V8 writes of itself; "trace" and "sample" are of allocations, which are not in it. */
static const char meta[] =
    "{\"node_fields\":[\"type\",\"name\",\"id\",\"self_size\",\"edge_count\",\"detachedness\"],"
    "\"node_types\":[[\"hidden\",\"array\",\"string\",\"object\",\"code\",\"closure\",\"regexp\","
    "\"number\",\"native\",\"synthetic\",\"concatenated string\",\"sliced string\",\"symbol\","
    "\"bigint\",\"object shape\"],\"string\",\"number\",\"number\",\"number\",\"number\"],"
    "\"edge_fields\":[\"type\",\"name_or_index\",\"to_node\"],"
    "\"edge_types\":[[\"context\",\"element\",\"property\",\"internal\",\"hidden\",\"shortcut\","
    "\"weak\"],\"string_or_number\",\"node\"],"
    "\"trace_function_info_fields\":[\"function_id\",\"name\",\"script_name\",\"script_id\","
    "\"line\",\"column\"],\"trace_node_fields\":[\"id\",\"function_info_index\",\"count\","
    "\"size\",\"children\"],\"sample_fields\":[\"timestamp_us\",\"last_assigned_id\"],"
    "\"location_fields\":[\"object_index\",\"script_id\",\"line\",\"column\"]}";

/* ---- names ---- */

/* FNV-1a. */
static uint32_t hash_of(const char *text) {
    uint32_t hash = UINT32_C(2166136261);
    for (; *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * UINT32_C(16777619);
    return hash;
}

static uint32_t *slot_of(struct snapshot_file *file, const char *text) {
    return &file->slots[hash_of(text) & (file->slot_count - 1)];
}

static int make_slots(struct snapshot_file *file) {
    size_t count = file->slot_count == 0 ? FIRST_SLOTS : file->slot_count * 2;
    uint32_t *slots = calloc(count, sizeof *slots);
    if (slots == NULL)
        return -ENOMEM;
    free(file->slots);
    file->slots = slots;
    file->slot_count = count;
    for (uint32_t i = 1; i < file->names.count; i++) {
        uint32_t *slot = slot_of(file, file->names.items[i].text);
        file->names.items[i].next = *slot;
        *slot = i;
    }
    return 0;
}

static int prepare_names(struct snapshot_file *file) {
    if (file->names.count == 0) {
        struct snapshot_name *first = array_add(&file->names);
        if (first == NULL)
            return -ENOMEM;
        *first = (struct snapshot_name){0};
    }
    return file->names.count >= file->slot_count ? make_slots(file) : 0;
}

/* Takes the text. */
static int find_name(struct snapshot_file *file, char *text, uint32_t *name) {
    uint32_t *slot = slot_of(file, text);
    for (uint32_t at = *slot; at != 0; at = file->names.items[at].next) {
        if (strcmp(file->names.items[at].text, text) != 0)
            continue;
        *name = at;
        free(text);
        return 0;
    }
    struct snapshot_name *added = array_add(&file->names);
    if (added == NULL) {
        free(text);
        return -ENOMEM;
    }
    *added = (struct snapshot_name){text, *slot};
    *name = *slot = (uint32_t)(file->names.count - 1);
    return 0;
}

static int name_of(struct snapshot_file *file, const char *bytes, size_t size, uint32_t *name) {
    *name = 0;
    if (prepare_names(file) != 0)
        return -ENOMEM;
    if (size == 0)
        return 0;
    char *text = text_escape(bytes, text_cut(bytes, size, SNAPSHOT_NAME_BYTES));
    return text != NULL ? find_name(file, text, name) : -ENOMEM;
}

/* ---- nodes and edges ---- */

int snapshot_file_add_node(struct snapshot_file *file, enum snapshot_node_type type,
                           const char *name, size_t name_size, uint64_t id, uint64_t size) {
    struct snapshot_node *node = array_add(&file->nodes);
    if (node == NULL)
        return -ENOMEM;
    *node = (struct snapshot_node){.id = id, .size = size, .type = (uint32_t)type};
    return name_of(file, name, name_size, &node->name);
}

static int add_edge(struct snapshot_file *file, struct snapshot_edge edge) {
    struct snapshot_edge *added = array_add(&file->edges);
    if (added == NULL)
        return -ENOMEM;
    *added = edge;
    return 0;
}

int snapshot_file_add_edge(struct snapshot_file *file, uint32_t from, uint32_t to,
                           enum snapshot_edge_type type, const char *name, size_t name_size) {
    struct snapshot_edge edge = {.from = from, .to = to, .type = (uint32_t)type};
    int error = name_of(file, name, name_size, &edge.name);
    return error != 0 ? error : add_edge(file, edge);
}

int snapshot_file_add_element(struct snapshot_file *file, uint32_t from, uint32_t to,
                              uint32_t index) {
    return add_edge(file, (struct snapshot_edge){from, to, index, SNAPSHOT_ELEMENT});
}

/* By the node that they start from, otherwise as they came. How many each has: `counts`, of all
   nodes, zero. */
static int sort_edges(struct snapshot_file *file, uint32_t *counts) {
    struct snapshot_edge *sorted = calloc(file->edges.count + 1, sizeof *sorted);
    size_t *places = calloc(file->nodes.count + 1, sizeof *places);
    if (sorted != NULL && places != NULL) {
        for (size_t i = 0; i < file->edges.count; i++)
            counts[file->edges.items[i].from]++;
        for (size_t i = 0; i < file->nodes.count; i++)
            places[i + 1] = places[i] + counts[i];
        for (size_t i = 0; i < file->edges.count; i++)
            sorted[places[file->edges.items[i].from]++] = file->edges.items[i];
        free(file->edges.items);
        file->edges.items = sorted;
        file->edges.room = file->edges.count + 1;
        sorted = NULL;
    }
    int error = sorted == NULL && places != NULL ? 0 : -ENOMEM;
    free(sorted);
    free(places);
    return error;
}

/* ---- the file ---- */

struct writing {
    const struct snapshot_file *file;
    FILE *to;
    bool (*cancelled)(void *data);
    void *data;
};

static bool is_cancelled(const struct writing *writing, size_t i) {
    return i % LOOK == 0 && writing->cancelled != NULL && writing->cancelled(writing->data);
}

static int write_nodes(const struct writing *writing, const uint32_t *counts) {
    const struct snapshot_file *file = writing->file;
    for (size_t i = 0; i < file->nodes.count; i++) {
        const struct snapshot_node *node = &file->nodes.items[i];
        if (is_cancelled(writing, i))
            return -ECANCELED;
        fprintf(writing->to, "%s%" PRIu32 ",%" PRIu32 ",%" PRIu64 ",%" PRIu64 ",%" PRIu32 ",0",
                i > 0 ? ",\n" : "", node->type, node->name, node->id, node->size, counts[i]);
    }
    return 0;
}

static int write_edges(const struct writing *writing) {
    const struct snapshot_file *file = writing->file;
    for (size_t i = 0; i < file->edges.count; i++) {
        const struct snapshot_edge *edge = &file->edges.items[i];
        if (is_cancelled(writing, i))
            return -ECANCELED;
        fprintf(writing->to, "%s%" PRIu32 ",%" PRIu32 ",%" PRIu64, i > 0 ? ",\n" : "", edge->type,
                edge->name, (uint64_t)edge->to * NODE_FIELDS);
    }
    return 0;
}

static int write_names(const struct writing *writing) {
    const struct snapshot_file *file = writing->file;
    fputs("\"\"", writing->to);
    for (size_t i = 1; i < file->names.count; i++) {
        if (is_cancelled(writing, i))
            return -ECANCELED;
        cJSON *text = cJSON_CreateStringReference(file->names.items[i].text);
        char *json = cJSON_PrintUnformatted(text);
        if (json != NULL)
            fprintf(writing->to, ",\n%s", json);
        cJSON_free(json);
        cJSON_Delete(text);
        if (json == NULL)
            return -ENOMEM;
    }
    return 0;
}

static int write_all(const struct writing *writing, const uint32_t *counts) {
    FILE *to = writing->to;
    fprintf(to,
            "{\"snapshot\":{\"meta\":%s,\"node_count\":%zu,\"edge_count\":%zu,"
            "\"trace_function_count\":0},\n\"nodes\":[",
            meta, writing->file->nodes.count, writing->file->edges.count);
    int error = write_nodes(writing, counts);
    fputs("],\n\"edges\":[", to);
    if (error == 0)
        error = write_edges(writing);
    fputs("],\n\"trace_function_infos\":[],\n\"trace_tree\":[],\n\"samples\":[],\n"
          "\"locations\":[],\n\"strings\":[",
          to);
    if (error == 0)
        error = write_names(writing);
    fputs("]}\n", to);
    return error != 0 || !ferror(to) ? error : -EIO;
}

int snapshot_file_write(struct snapshot_file *file, FILE *to, bool (*cancelled)(void *data),
                        void *data) {
    const struct writing writing = {file, to, cancelled, data};
    uint32_t *counts = calloc(file->nodes.count + 1, sizeof *counts);
    int error = counts != NULL ? sort_edges(file, counts) : -ENOMEM;
    if (error == 0)
        error = write_all(&writing, counts);
    free(counts);
    return error;
}

void snapshot_file_finish(struct snapshot_file *file) {
    for (size_t i = 0; i < file->names.count; i++)
        free(file->names.items[i].text);
    free(file->nodes.items);
    free(file->edges.items);
    free(file->names.items);
    free(file->slots);
}
