/* SPDX-License-Identifier: MIT */
#include "breakpoint_hits.h"

#include "data_requests.h"
#include "data_variable.h"
#include "debugger.h"
#include "expressions.h"
#include "location.h"
#include "measuring.h"
#include "printing.h"
#include "server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* After so many nothing is added to a line that is logged. */
enum { LOG_LINE_BYTES = 1 << 20 };

static const char condition_failed[] = "the condition failed",
                  log_failed[] = "the log message failed";

/* One event. */
struct visit {
    struct breakpoint_hits *hits;
    struct server *server;
    lua_State *L;
    const struct debugger_stop *stop;
};

/* A breakpoint of any kind, as far as it matters here. */
struct candidate {
    int id;
    const char *name; /* of a function or a variable; NULL: it is one of a line */
    int line;         /* of those */
    char **message;   /* what is told of it; NULL: it has none */
    struct breakpoint_options *options;
};

void breakpoint_hits_finish(struct breakpoint_hits *hits) {
    free(hits->ids.items);
    string_builder_finish(&hits->changes);
    string_builder_finish(&hits->log);
}

static void add_id(struct breakpoint_hits *hits, int id) {
    int *added = array_add(&hits->ids);
    if (added != NULL)
        *added = id;
}

/* Where the program is, as its user says it. */
static void write_place(struct string_builder *builder, const struct visit *visit) {
    lua_Debug *event = visit->stop->event;
    lua_getinfo(visit->L, "Sl", event);
    if (*event->what == 'C')
        string_builder_print(builder, "a C function");
    else
        location_write(builder, event, event->currentline);
}

static void tell_changed(const struct visit *visit, const struct candidate *candidate) {
    cJSON *body = cJSON_CreateObject();
    cJSON *breakpoint = cJSON_AddObjectToObject(body, "breakpoint");
    cJSON_AddStringToObject(body, "reason", "changed");
    cJSON_AddNumberToObject(breakpoint, "id", candidate->id);
    cJSON_AddTrueToObject(breakpoint, "verified");
    if (candidate->name == NULL)
        cJSON_AddNumberToObject(breakpoint, "line", candidate->line);
    if (*candidate->message != NULL)
        cJSON_AddStringToObject(breakpoint, "message", *candidate->message);
    server_send_event(visit->server, "breakpoint", body);
}

/* Once. */
static void tell_error(const struct visit *visit, const struct candidate *candidate,
                       const char *what, const struct string_builder *error) {
    struct string_builder *log = &visit->hits->log;
    if (candidate->options->told)
        return;
    candidate->options->told = true;
    free(*candidate->message);
    if (asprintf(candidate->message, "%s: %s", what, string_builder_text(error)) < 0)
        *candidate->message = NULL;
    tell_changed(visit, candidate);
    string_builder_print(log, "Breakpoint at ");
    write_place(log, visit);
    string_builder_print(log, ": %s: %s\n", what, string_builder_text(error));
}

/* Its number; 0, which is told, if it cannot be compiled there. */
static int keep(const struct visit *visit, const struct candidate *candidate, const char *what,
                const char *text) {
    struct string_builder error = {0};
    int kept =
        expressions_keep(visit->server->expressions, visit->L, visit->stop->event, text, &error);
    if (kept == 0)
        tell_error(visit, candidate, what, &error);
    string_builder_finish(&error);
    return kept;
}

/* Compiles what has not been compiled since breakpoints changed. */
static void prepare(const struct visit *visit, const struct candidate *candidate) {
    struct breakpoint_options *options = candidate->options;
    unsigned version = visit->server->expressions->version + 1;
    if (options->asked == version)
        return;
    options->asked = version;
    if (options->condition != NULL)
        options->kept = keep(visit, candidate, condition_failed, options->condition);
    for (size_t i = 0; i < options->log.count; i++) {
        struct log_piece *piece = &options->log.items[i];
        if (piece->is_code)
            piece->kept = keep(visit, candidate, log_failed, piece->text);
    }
}

static bool condition_holds(const struct visit *visit, const struct candidate *candidate) {
    struct breakpoint_options *options = candidate->options;
    struct expressions *expressions = visit->server->expressions;
    struct string_builder error = {0};
    if (options->condition == NULL)
        return true;
    if (options->hopeless || options->kept == 0)
        return false;
    enum expressions_outcome outcome =
        expressions_test(expressions, visit->L, visit->stop->event, options->kept, &error);
    options->hopeless = expressions->limit.overdue;
    if (outcome == EXPRESSIONS_ERROR)
        tell_error(visit, candidate,
                   options->hopeless ? "the condition is not asked any more" : condition_failed,
                   &error);
    string_builder_finish(&error);
    return outcome == EXPRESSIONS_TRUE;
}

static void write_code(struct string_builder *line, const struct log_piece *piece) {
    string_builder_print(line, "{");
    string_builder_excerpt(line, piece->text, strlen(piece->text), STRING_BUILDER_NAME_BYTES);
    string_builder_print(line, "}");
}

static void log_piece(const struct visit *visit, const struct candidate *candidate,
                      const struct log_piece *piece, struct string_builder *line) {
    struct string_builder values = {0};
    struct breakpoint_options *options = candidate->options;
    if (!piece->is_code) {
        string_builder_excerpt(line, piece->text, strlen(piece->text), LOG_LINE_BYTES);
    } else if (options->hopeless || piece->kept == 0) {
        write_code(line, piece);
    } else if (expressions_print(visit->server->expressions, visit->L, visit->stop->event,
                                 piece->kept, &values)) {
        string_builder_print(line, "%s", string_builder_text(&values));
    } else {
        options->hopeless = visit->server->expressions->limit.overdue;
        write_code(line, piece);
        tell_error(visit, candidate, log_failed, &values);
    }
    string_builder_finish(&values);
}

/* An expression that fails is logged as it is written. */
static void write_log(const struct visit *visit, const struct candidate *candidate) {
    const struct log_message *message = &candidate->options->log;
    struct string_builder line = {0};
    size_t i = 0;
    while (i < message->count && line.size <= LOG_LINE_BYTES)
        log_piece(visit, candidate, &message->items[i++], &line);
    string_builder_print(&visit->hits->log, "%s%s\n", string_builder_text(&line),
                         i < message->count ? "…" : "");
    string_builder_finish(&line);
}

/* Is this one a reason to stop? */
static bool holds(const struct visit *visit, const struct candidate *candidate) {
    struct breakpoint_options *options = candidate->options;
    if (!breakpoint_options_any(options))
        return true;
    prepare(visit, candidate);
    if (!condition_holds(visit, candidate))
        return false;
    options->hits++;
    if (!hit_count_holds(&options->hit_count, options->hits))
        return false;
    if (options->mode != BREAKPOINT_STOP) {
        measuring_hit(visit->server, visit->L, options);
        return false;
    }
    if (options->log_text == NULL)
        return true;
    write_log(visit, candidate);
    return false;
}

static void look_at_lines(const struct visit *visit) {
    const struct breakpoint_file *file = visit->stop->file;
    struct breakpoint_hits *hits = visit->hits;
    for (size_t i = 0; file != NULL && i < file->count; i++) {
        struct breakpoint *breakpoint = &file->breakpoints[i];
        struct candidate candidate = {.id = breakpoint->id,
                                      .line = breakpoint->line,
                                      .message = &breakpoint->message,
                                      .options = &breakpoint->options};
        if (breakpoint->line != visit->stop->line || !holds(visit, &candidate))
            continue;
        hits->lines = true;
        add_id(hits, breakpoint->id);
    }
}

static void look_at_functions(const struct visit *visit) {
    struct function_breakpoints *functions = &visit->server->debugger->function_breakpoints;
    struct breakpoint_hits *hits = visit->hits;
    for (size_t i = 0; visit->stop->functions >> i > 0 && i < functions->count; i++) {
        struct function_breakpoint *breakpoint = &functions->list[i];
        struct candidate candidate = {.id = breakpoint->id,
                                      .name = breakpoint->name,
                                      .message = &breakpoint->message,
                                      .options = &breakpoint->options};
        if (!(visit->stop->functions >> i & 1) || !holds(visit, &candidate))
            continue;
        hits->functions = true;
        add_id(hits, breakpoint->id);
    }
}

static void write_change(struct breakpoint_hits *hits, const char *name, const char *old,
                         const char *now) {
    struct string_builder *builder = &hits->changes;
    if (builder->size > STRING_BUILDER_MESSAGE_BYTES)
        return;
    string_builder_print(builder, hits->data ? ", " : "");
    string_builder_excerpt(builder, name, strlen(name), STRING_BUILDER_NAME_BYTES);
    string_builder_print(builder, ": %s → %s", old != NULL ? old : "?", now != NULL ? now : "?");
}

static void look_at_variable(const struct visit *visit, struct data_breakpoint *breakpoint) {
    struct server *server = visit->server;
    struct breakpoint_hits *hits = visit->hits;
    char *old;
    struct candidate candidate = {.id = breakpoint->id,
                                  .name = breakpoint->variable->name,
                                  .message = &breakpoint->message,
                                  .options = &breakpoint->options};
    if (data_variable_look(breakpoint->variable, server->expressions, visit->L, &old) &&
        holds(visit, &candidate)) {
        write_change(hits, candidate.name, old, breakpoint->variable->seen.text);
        hits->data = true;
        add_id(hits, breakpoint->id);
    }
    free(old);
    if (breakpoint->variable->frame.gone)
        data_requests_tell_gone(server, breakpoint);
}

static void look_at_data(const struct visit *visit) {
    struct data_breakpoints *data = visit->server->data;
    for (size_t i = 0; i < data->count; i++)
        if (data_breakpoints_is_live(&data->list[i]))
            look_at_variable(visit, &data->list[i]);
}

/* Last of all: while it waits, breakpoints may be replaced. */
static void send_log(const struct visit *visit) {
    struct string_builder *log = &visit->hits->log;
    if (log->size == 0)
        return;
    printing_show(visit->server, visit->L, visit->stop->event, string_builder_text(log));
    string_builder_finish(log);
}

bool breakpoint_hits_find(struct breakpoint_hits *hits, struct server *server, lua_State *L,
                          const struct debugger_stop *stop) {
    struct visit visit = {hits, server, L, stop};
    server->debugger->evaluating = true;
    look_at_lines(&visit);
    look_at_functions(&visit);
    if (server->debugger->data.count > 0)
        look_at_data(&visit);
    measuring_look(server, L);
    server->debugger->evaluating = false;
    send_log(&visit);
    return hits->ids.count > 0;
}

void breakpoint_hits_describe(const struct breakpoint_hits *hits, cJSON *body) {
    const char *reason = hits->data    ? "data breakpoint"
                         : hits->lines ? "breakpoint"
                                       : "function breakpoint";
    cJSON_AddStringToObject(body, "reason", reason);
    cJSON *ids = cJSON_AddArrayToObject(body, "hitBreakpointIds");
    for (size_t i = 0; i < hits->ids.count; i++)
        cJSON_AddItemToArray(ids, cJSON_CreateNumber(hits->ids.items[i]));
    if (!hits->data)
        return;
    struct string_builder description = {0};
    string_builder_print(&description, "Changed: %s", string_builder_text(&hits->changes));
    cJSON_AddStringToObject(body, "description", string_builder_text(&description));
    cJSON_AddStringToObject(body, "text", string_builder_text(&hits->changes));
    string_builder_finish(&description);
}
