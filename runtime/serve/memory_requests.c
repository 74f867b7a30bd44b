/* SPDX-License-Identifier: MIT */
#include "memory_requests.h"

#include "arguments.h"
#include "debugger.h"
#include "hook.h"
#include "location.h"
#include "server.h"
#include "string_builder.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *const kind_names[MEMORY_BREAKPOINT_KINDS] = {
    [MEMORY_BREAKPOINT_HEAP] = "heap",
    [MEMORY_BREAKPOINT_GROWTH] = "growth",
    [MEMORY_BREAKPOINT_LINE] = "line",
    [MEMORY_BREAKPOINT_ALLOCATION] = "allocation"};

void memory_requests_clear_filter(struct server *server) {
    static const uint64_t none[MEMORY_BREAKPOINT_KINDS] = {UINT64_MAX, UINT64_MAX, UINT64_MAX,
                                                           UINT64_MAX};
    memory_breakpoints_set(&server->debugger->account.memory_breakpoints, none);
}

const char *memory_requests_set_filter(struct server *server, const cJSON *above) {
    uint64_t figures[MEMORY_BREAKPOINT_KINDS];
    if (server->debugger->account.ledger.figures == NULL)
        return "memory is not measured in this session";
    for (int kind = 0; kind < MEMORY_BREAKPOINT_KINDS; kind++)
        figures[kind] = arguments_bytes(above, kind_names[kind]);
    memory_breakpoints_set(&server->debugger->account.memory_breakpoints, figures);
    hook_follow_memory_breakpoints(server->debugger);
    return NULL;
}

/* ---- breakpoints on lines ---- */

/* False if memory is out. */
static bool read_line(struct memory_breakpoint *breakpoint, const cJSON *item) {
    const char *path = arguments_text(item, "path");
    char *real = realpath(path, NULL);
    breakpoint->path = real != NULL ? real : strdup(path);
    breakpoint->line = (uint32_t)arguments_count(item, "line", 0);
    breakpoint->above = arguments_bytes(item, "growth");
    return breakpoint->path != NULL;
}

static cJSON *set_memory_breakpoints(struct server *server, const cJSON *arguments,
                                     struct inspect_problem *problem) {
    struct account *account = &server->debugger->account;
    const cJSON *list = arguments_get(arguments, "breakpoints"), *item;
    if (account->ledger.figures == NULL)
        return inspect_refuse(problem, "memory is not measured in this session");
    struct memory_breakpoint *lines = calloc((size_t)cJSON_GetArraySize(list) + 1, sizeof *lines);
    size_t count = 0;
    if (lines == NULL)
        return inspect_refuse(problem, "not enough memory");
    cJSON_ArrayForEach(item, list) count += read_line(&lines[count], item);
    memory_breakpoints_set_lines(&account->memory_breakpoints, account->ledger.figures, lines,
                                 count);
    hook_follow_memory_breakpoints(server->debugger);
    return cJSON_CreateObject();
}

const struct server_request server_memory_requests[] = {
    {"setMemoryBreakpoints", set_memory_breakpoints},
    {NULL},
};

/* ---- in words ---- */

/* "main.lua:12", "(C)". */
static void write_site(const struct server *server, struct string_builder *builder,
                       uint32_t index) {
    const struct figures *figures = server->debugger->account.ledger.figures;
    const struct figures_site *site = &figures->sites[index];
    const struct figures_source *source = &figures->sources[site->source];
    const struct chunk chunk = {.name = (char *)figures->text + source->name,
                                .name_bytes = source->name_bytes};
    location_write_chunk(builder, &chunk, (int)site->line);
}

static void write_hit(const struct server *server, struct string_builder *builder) {
    const struct memory_breakpoint_hit *hit =
        &server->debugger->account.memory_breakpoints.last_hit;
    string_builder_print(builder, "%s %" PRIu64 " bytes, above %" PRIu64 ": ",
                         kind_names[hit->kind], hit->bytes, hit->limit);
    write_site(server, builder, hit->site);
    string_builder_print(builder, " took %" PRIu64, hit->grown);
}

void memory_requests_describe_hit(const struct server *server, cJSON *body) {
    struct string_builder text = {0}, description = {0};
    write_hit(server, &text);
    string_builder_print(&description, "Paused on memory: %s", string_builder_text(&text));
    cJSON_AddStringToObject(body, "description", string_builder_text(&description));
    cJSON_AddStringToObject(body, "text", string_builder_text(&text));
    string_builder_finish(&description);
    string_builder_finish(&text);
}
