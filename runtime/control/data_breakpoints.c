/* SPDX-License-Identifier: MIT */
#include "data_breakpoints.h"

#include "data_variable.h"
#include "debugger.h"
#include "string_builder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char global_prefix[] = "global:", session_prefix[] = "variable:";

static bool is_global(const struct data_variable *variable) {
    return variable != NULL && variable->kind == DATA_VARIABLE_GLOBAL;
}

static void drop(struct data_breakpoint *breakpoint, struct expressions *expressions) {
    if (is_global(breakpoint->variable))
        data_variable_destroy(breakpoint->variable, expressions);
    free(breakpoint->message);
    breakpoint_options_finish(&breakpoint->options);
}

static void clear(struct data_breakpoints *data, struct expressions *expressions) {
    for (size_t i = 0; i < data->count; i++)
        drop(&data->list[i], expressions);
    free(data->list);
    data->list = NULL;
    data->count = 0;
}

void data_breakpoints_finish(struct data_breakpoints *data) {
    clear(data, NULL);
    for (size_t i = 0; i < data->known.count; i++)
        data_variable_destroy(data->known.items[i], NULL);
    free(data->known.items);
}

/* The number of a new variable; 0 if memory is out (then it is destroyed). */
static size_t know(struct data_breakpoints *data, struct data_variable *variable,
                   struct expressions *expressions) {
    struct data_variable **known = array_add(&data->known);
    if (known == NULL) {
        data_variable_destroy(variable, expressions);
        return 0;
    }
    *known = variable;
    return data->known.count;
}

bool data_breakpoints_name(struct data_breakpoints *data, struct data_variable *variable,
                           struct expressions *expressions, struct string_builder *id) {
    bool persists = is_global(variable);
    if (persists) {
        string_builder_print(id, "%s%s", global_prefix, variable->name);
        data_variable_destroy(variable, expressions);
    } else {
        string_builder_print(id, "%s%zu", session_prefix, know(data, variable, expressions));
    }
    return persists;
}

static bool begins(const char *text, const char *prefix) {
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* NULL if the id names nothing of this session. */
static struct data_variable *find(const struct data_breakpoints *data, const char *id) {
    if (id == NULL)
        return NULL;
    if (begins(id, global_prefix) && data_variable_is_chain(id + strlen(global_prefix)))
        return data_variable_of_chain(id + strlen(global_prefix));
    size_t n = begins(id, session_prefix) ? strtoul(id + strlen(session_prefix), NULL, 10) : 0;
    return n > 0 && n <= data->known.count ? data->known.items[n - 1] : NULL;
}

void data_breakpoints_read(const struct data_breakpoints *data, struct data_breakpoint *breakpoint,
                           const struct data_breakpoint_asked *asked) {
    char *problem = breakpoint_options_read(&breakpoint->options, &asked->options);
    if (problem == NULL && asked->access != NULL && strcmp(asked->access, "write") != 0)
        problem = strdup("only writes can be watched");
    if (problem == NULL)
        breakpoint->variable = find(data, asked->data_id);
    if (problem == NULL && breakpoint->variable == NULL)
        problem = strdup("there is no such variable any more: watch it anew");
    if (problem != NULL && asprintf(&breakpoint->message, "Not set: %s", problem) < 0)
        breakpoint->message = NULL;
    free(problem);
    if (breakpoint->variable != NULL && breakpoint->variable->frame.gone)
        data_breakpoints_note_gone(breakpoint);
}

void data_breakpoints_set(struct data_breakpoints *data, struct data_breakpoint *list, size_t count,
                          struct expressions *expressions, lua_State *L) {
    char *old;
    clear(data, expressions);
    data->list = list;
    data->count = count;
    for (size_t i = 0; i < count && L != NULL; i++) {
        if (list[i].variable == NULL)
            continue;
        data_variable_look(list[i].variable, expressions, L, &old);
        free(old);
    }
}

bool data_breakpoints_is_live(const struct data_breakpoint *breakpoint) {
    return breakpoint->variable != NULL && !breakpoint->variable->frame.gone;
}

struct debugger_data data_breakpoints_wanted(const struct data_breakpoints *data) {
    struct debugger_data wanted = {0};
    for (size_t i = 0; i < data->count; i++) {
        if (!data_breakpoints_is_live(&data->list[i]))
            continue;
        wanted.count++;
        wanted.frames += data->list[i].variable->kind == DATA_VARIABLE_LOCAL;
    }
    return wanted;
}

void data_breakpoints_note_gone(struct data_breakpoint *breakpoint) {
    free(breakpoint->message);
    breakpoint->message = strdup("Its function has returned: watch the variable anew");
}
