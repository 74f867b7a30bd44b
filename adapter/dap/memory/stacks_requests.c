/* SPDX-License-Identifier: MIT */
/*
 * stacks: luaheat/stacks, the tree of calls with what each has allocated itself. Sources, functions
 * and calls are lists, and refer to one another by their index there.
 */
#include "alloc.h"
#include "calls.h"
#include "json.h"
#include "lines_json.h"
#include "program.h"
#include "request_tables.h"

#include <math.h>
#include <stdlib.h>

enum { CALLS_TOLD = 5000 }; /* unless another number is asked for */

#define NOT_LISTED UINT32_MAX

/* What is listed, by the index it has in the figures. */
struct listed {
    uint32_t *functions, *sources;
    uint32_t function_count, source_count;
};

struct stacks {
    const struct figures *figures;
    struct sampled sampled;
    struct calls calls;
    struct listed listed;
};

static uint32_t *not_listed(size_t count) {
    uint32_t *indices = alloc_zeroed(count + 1, sizeof *indices);
    for (size_t i = 0; i < count; i++)
        indices[i] = NOT_LISTED;
    return indices;
}

/* ---- sources and functions, as calls refer to them ---- */

/* NOT_LISTED: it is of none. */
static uint32_t list_source(struct stacks *stacks, cJSON *sources, uint32_t source) {
    struct listed *listed = &stacks->listed;
    if (source < FIGURES_PSEUDO_SITES || source >= FIGURES_MAX_SOURCES)
        return NOT_LISTED;
    if (listed->sources[source] == NOT_LISTED) {
        const struct lines_row row = {.site = FIGURES_PSEUDO_SITES, .source = source};
        cJSON_AddItemToArray(sources, lines_json_source(stacks->figures, &row));
        listed->sources[source] = listed->source_count++;
    }
    return listed->sources[source];
}

static void list_function(struct stacks *stacks, cJSON *body, uint32_t index) {
    const struct sampled_function *function = &stacks->sampled.functions[index];
    cJSON *json = alloc_checked(cJSON_CreateObject());
    uint32_t source = list_source(stacks, cJSON_GetObjectItemCaseSensitive(body, "sources"),
                                  stacks->figures->stacks.functions[index].source);
    cJSON_AddStringToObject(json, "name", function->name);
    if (source != NOT_LISTED)
        cJSON_AddNumberToObject(json, "source", source);
    if (function->line != 0)
        cJSON_AddNumberToObject(json, "line", function->line);
    cJSON_AddItemToArray(cJSON_GetObjectItemCaseSensitive(body, "functions"), json);
    stacks->listed.functions[index] = stacks->listed.function_count++;
}

static void list(struct stacks *stacks, cJSON *body) {
    struct listed *listed = &stacks->listed;
    cJSON_AddArrayToObject(body, "sources");
    cJSON_AddArrayToObject(body, "functions");
    listed->functions = not_listed(stacks->sampled.function_count);
    listed->sources = not_listed(FIGURES_MAX_SOURCES);
    for (size_t i = 0; i < stacks->calls.count; i++) {
        uint32_t function = stacks->calls.nodes[i].function;
        if (function != CALLS_OTHER && listed->functions[function] == NOT_LISTED)
            list_function(stacks, body, function);
    }
}

/* ---- calls ---- */

static void write_index(struct json *json, uint32_t index) {
    json_signed(json, index == UINT32_MAX ? -1 : (int64_t)index);
}

/* In bytes times the mean: at most about as many as the bytes that are estimated. */
static void write_variance(struct json *json, const struct callees_estimate *estimate,
                           uint64_t mean) {
    double variance = (double)estimate->variance / STACKS_PARTS * (double)mean;
    json_unsigned(json, (uint64_t)ceil(fmin(variance, 0x1p53)));
}

static void write_call(struct json *json, const struct stacks *stacks,
                       const struct calls_node *call, const struct positions *positions) {
    const struct callees_change *own = &call->own;
    bool other = call->function == CALLS_OTHER;
    json_begin_array(json);
    write_index(json, call->parent);
    write_index(json, other ? NOT_LISTED : stacks->listed.functions[call->function]);
    json_signed(json, positions_line_to_client(positions, call->line));
    json_signed(json, own->allocated.bytes);
    json_signed(json, own->live.bytes);
    json_signed(json, own->growth.bytes);
    if (stacks->sampled.mean > STACKS_ALL) {
        write_variance(json, &own->allocated, stacks->sampled.mean);
        write_variance(json, &own->live, stacks->sampled.mean);
        write_variance(json, &own->growth, stacks->sampled.mean);
    }
    json_end_array(json);
}

static cJSON *calls_json(const struct stacks *stacks, const struct positions *positions) {
    char *text = NULL;
    size_t size;
    struct json json;
    FILE *file = alloc_checked(open_memstream(&text, &size));
    json_begin(&json, file);
    json_begin_array(&json);
    for (size_t i = 0; i < stacks->calls.count; i++)
        write_call(&json, stacks, &stacks->calls.nodes[i], positions);
    json_end_array(&json);
    if (json_finish(&json) != 0 || fclose(file) != 0)
        alloc_checked(NULL);
    cJSON *calls = alloc_checked(cJSON_CreateRaw(text));
    free(text);
    return calls;
}

static void add_columns(cJSON *body, bool exact) {
    static const char *const columns[] = {
        "parent", "function",          "line",         "allocated",     "live",
        "growth", "allocatedVariance", "liveVariance", "growthVariance"};
    cJSON *names = cJSON_AddArrayToObject(body, "columns");
    for (size_t i = 0; i < (exact ? 6 : sizeof columns / sizeof *columns); i++)
        cJSON_AddItemToArray(names, cJSON_CreateString(columns[i]));
}

static cJSON *stacks_json(struct stacks *stacks, const struct positions *positions) {
    const struct lines lines = {.stacks = stacks->sampled.mean, .samples = stacks->sampled.samples};
    cJSON *body = alloc_checked(cJSON_CreateObject());
    lines_json_add_stacks(body, &lines);
    list(stacks, body);
    add_columns(body, stacks->sampled.mean <= STACKS_ALL);
    cJSON_AddItemToObject(body, "calls", calls_json(stacks, positions));
    cJSON_AddNumberToObject(body, "dropped", (double)stacks->calls.dropped);
    return body;
}

static void answer(const struct request *request, size_t limit) {
    const struct heat_map *heat = &request->program->heat;
    struct stacks stacks = {.figures = heat->copy.figures};
    figures_copy_read(&heat->copy);
    if (sampled_read(&stacks.sampled, stacks.figures) != 0 ||
        calls_read(&stacks.calls, &stacks.sampled, stacks.figures, &heat->since, limit) != 0)
        alloc_checked(NULL);
    client_respond(request->client, &request->ticket,
                   stacks_json(&stacks, &request->client->positions));
    free(stacks.listed.functions);
    free(stacks.listed.sources);
    calls_finish(&stacks.calls);
    sampled_finish(&stacks.sampled);
}

static void stacks_request(struct request *request) {
    struct arguments *arguments = &request->arguments;
    int64_t limit = arguments_integer(arguments, "limit", CALLS_TOLD, 1, MESSAGE_MAX_INTEGER);
    if (arguments->problem != NULL)
        return;
    if (request->program->heat.on)
        answer(request, (size_t)limit);
    else
        heat_map_refuse(request);
}

const struct request_entry stacks_requests[] = {
    {"luaheat/stacks", STATE_STARTED, stacks_request, {"luaheat/stacks"}},
    {NULL},
};
