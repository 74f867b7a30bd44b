/* SPDX-License-Identifier: MIT */
#include "memory_alarms.h"

#include "arguments.h"
#include "hook.h"
#include "location.h"
#include "server.h"
#include "words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *const kind_names[ALARM_KINDS] = {[ALARM_HEAP] = "heap",
                                                    [ALARM_GROWTH] = "growth",
                                                    [ALARM_LINE] = "line",
                                                    [ALARM_ALLOCATION] = "allocation"};

void memory_alarms_clear(struct server *server) {
    static const uint64_t none[ALARM_KINDS] = {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX};
    alarms_set(&server->debugger.account.alarms, none);
}

const char *memory_alarms_set(struct server *server, const cJSON *above) {
    uint64_t figures[ALARM_KINDS];
    if (server->debugger.account.ledger.figures == NULL)
        return "memory is not measured in this session";
    for (int kind = 0; kind < ALARM_KINDS; kind++)
        figures[kind] = arguments_bytes(above, kind_names[kind]);
    alarms_set(&server->debugger.account.alarms, figures);
    hook_follow_alarms(&server->debugger);
    return NULL;
}

/* ---- lines with an alarm of their own ---- */

/* False if memory is out. */
static bool read_line(struct line_alarm *alarm, const cJSON *item) {
    const char *path = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, "path"));
    const cJSON *line = cJSON_GetObjectItemCaseSensitive(item, "line");
    char *real = path != NULL ? realpath(path, NULL) : NULL;
    alarm->path = real != NULL ? real : strdup(path != NULL ? path : "");
    alarm->line = cJSON_IsNumber(line) ? (uint32_t)line->valueint : 0;
    alarm->above = arguments_bytes(item, "growth");
    return alarm->path != NULL;
}

static cJSON *set_memory_breakpoints(struct server *server, const cJSON *arguments,
                                     struct inspect_problem *problem) {
    struct account *account = &server->debugger.account;
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(arguments, "breakpoints"), *item;
    if (account->ledger.figures == NULL)
        return inspect_refuse(problem, "memory is not measured in this session");
    struct line_alarm *lines = calloc((size_t)cJSON_GetArraySize(list) + 1, sizeof *lines);
    size_t count = 0;
    if (lines == NULL)
        return inspect_refuse(problem, "not enough memory");
    cJSON_ArrayForEach(item, list) count += read_line(&lines[count], item);
    alarms_set_lines(&account->alarms, account->ledger.figures, lines, count);
    hook_follow_alarms(&server->debugger);
    return cJSON_CreateObject();
}

const struct server_request server_memory_requests[] = {
    {"setMemoryBreakpoints", false, set_memory_breakpoints},
    {NULL, false, NULL},
};

/* ---- in words ---- */

/* "main.lua:12", "(C)". */
static void write_site(const struct server *server, struct words *words, uint32_t index) {
    const struct figures *figures = server->debugger.account.ledger.figures;
    const struct figures_site *site = &figures->sites[index];
    const struct figures_source *source = &figures->sources[site->source];
    const struct chunk chunk = {.name = (char *)figures->text + source->name,
                                .name_bytes = source->name_bytes};
    location_write_chunk(words, &chunk, (int)site->line);
}

static void write_alarm(const struct server *server, struct words *words) {
    const struct alarm *alarm = &server->debugger.account.alarms.rung;
    words_print(words, "%s %" PRIu64 " bytes, above %" PRIu64 ": ", kind_names[alarm->kind],
                alarm->bytes, alarm->limit);
    write_site(server, words, alarm->site);
    words_print(words, " took %" PRIu64, alarm->grown);
}

void memory_alarms_describe(const struct server *server, cJSON *body) {
    struct words text = {0}, description = {0};
    write_alarm(server, &text);
    words_print(&description, "Paused on memory: %s", words_text(&text));
    cJSON_AddStringToObject(body, "description", words_text(&description));
    cJSON_AddStringToObject(body, "text", words_text(&text));
    words_finish(&description);
    words_finish(&text);
}
