/* SPDX-License-Identifier: MIT */
/*
 * A plain chain of names is looked up, whatever the context: that gives the same value and leaves
 * no trace. So is a constant. Everything else is compiled and run, first as an expression, then as
 * statements. On hover it is an expression that runs nothing of the program.
 */
#include "arguments.h"
#include "chain_value.h"
#include "commands.h"
#include "constants.h"
#include "evaluation.h"
#include "frames.h"
#include "lookup.h"
#include "stop.h"
#include "value_source.h"
#include "variable.h"

#include <lauxlib.h>
#include <string.h>

enum {
    MOST_RESULTS = 100,                /* shown */
    MOST_BYTES = VALUE_WHOLE_BYTES / 2 /* of those before the last that is shown */
};

/* As an expression, else as statements. */
static int perform_code(lua_State *co, struct evaluation *evaluation) {
    const char *code = evaluation->data;
    if (!evaluation_compiles(co, evaluation, "return ", code))
        evaluation_push_code(co, evaluation, " ", code);
    return evaluation_call(co, evaluation);
}

/* The value on top of the stopped thread's stack; pops it. */
static cJSON *describe(struct evaluation *evaluation, const struct value_path *path,
                       const char *expression) {
    const struct variable variable = {
        .expression = expression, .path = path, .frame = evaluation->frame};
    cJSON *body = cJSON_CreateObject();
    variable_describe(evaluation->stop, body, "result", &variable, &evaluation->style);
    lua_pop(evaluation->stop->L, 1);
    return body;
}

static cJSON *one_result(struct evaluation *evaluation, lua_State *co) {
    struct stop *stop = evaluation->stop;
    struct value_path path = {.kind = VALUE_PATH_KEPT};
    evaluation_push_result(evaluation, co, 1);
    if (variable_is_referred_to(stop->L))
        path.n = console_keep(&stop->console, stop->L);
    return describe(evaluation, &path, NULL); /* to run the code again may not give the same */
}

/* Keeps what is shown of several results, for a list of them. 0 if there is no room. */
static int refer_to_results(struct evaluation *evaluation, lua_State *co, int count) {
    struct stop *stop = evaluation->stop;
    struct reference results = {.view = VIEW_RESULTS, .frame = evaluation->frame};
    for (int i = 1; i <= count; i++) {
        evaluation_push_result(evaluation, co, i);
        int number = console_keep(&stop->console, stop->L);
        lua_pop(stop->L, 1);
        if (number == 0)
            return 0;
        results.first = number - i + 1;
        results.last = number;
    }
    return count > 0 ? reference_add(&stop->references, &results) : 0;
}

/* None or several. */
static cJSON *joined_results(struct evaluation *evaluation, lua_State *co, int count) {
    struct string_builder builder = {0};
    int shown = 0;
    while (shown < count && shown < MOST_RESULTS && builder.size <= MOST_BYTES) {
        evaluation_push_result(evaluation, co, ++shown);
        string_builder_print(&builder, shown > 1 ? ", " : "");
        variable_write_value(&builder, evaluation->stop, &evaluation->style);
        lua_pop(evaluation->stop->L, 1);
    }
    if (count > shown)
        string_builder_print(&builder, ", … (%d results)", count);
    cJSON *body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "result", string_builder_text(&builder));
    cJSON_AddNumberToObject(body, "variablesReference", refer_to_results(evaluation, co, shown));
    string_builder_finish(&builder);
    return body;
}

static cJSON *finish_results(struct evaluation *evaluation, lua_State *co, int count) {
    return count == 1 ? one_result(evaluation, co) : joined_results(evaluation, co, count);
}

struct copied {
    const char *code;
    bool chain; /* it is found without running code */
    bool is_table;
    struct string_builder builder;
};

static int push_copied(lua_State *co, struct evaluation *evaluation) {
    const struct copied *copied = evaluation->data;
    struct value_path path;
    struct evaluation code = *evaluation;
    code.data = (void *)copied->code;
    if (!copied->chain)
        return perform_code(co, &code);
    if (!chain_value_find(evaluation->stop, evaluation->frame, copied->code, &path))
        return 0;
    lua_xmove(evaluation->stop->L, co, 1);
    return 1;
}

static int perform_copy(lua_State *co, struct evaluation *evaluation) {
    struct copied *copied = evaluation->data;
    int count = push_copied(co, evaluation);
    copied->is_table = count == 1 && lua_istable(co, -1);
    if (copied->is_table)
        value_source_write(&copied->builder, &evaluation->stop->coroutines, co);
    return count;
}

static cJSON *finish_copy(struct evaluation *evaluation, lua_State *co, int count) {
    const struct copied *copied = evaluation->data;
    if (!copied->is_table)
        return finish_results(evaluation, co, count);
    cJSON *body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "result", string_builder_text(&copied->builder));
    cJSON_AddNumberToObject(body, "variablesReference", 0);
    return body;
}

/* The whole value: a table as Lua code. */
static cJSON *copy(struct evaluation *evaluation) {
    struct value_path path;
    struct copied copied = {.code = evaluation->data};
    lua_State *L = evaluation->stop->L;
    copied.chain = chain_value_find(evaluation->stop, evaluation->frame, copied.code, &path);
    if (copied.chain && !lua_istable(L, -1))
        return describe(evaluation, &path, copied.code);
    if (copied.chain)
        lua_pop(L, 1);
    evaluation->data = &copied;
    evaluation->perform = perform_copy;
    evaluation->finish = finish_copy;
    cJSON *body = evaluation_run(evaluation);
    string_builder_finish(&copied.builder);
    return body;
}

static cJSON *evaluate_in(struct evaluation *evaluation) {
    struct value_path path;
    const char *code = evaluation->data;
    if (chain_value_find(evaluation->stop, evaluation->frame, code, &path))
        return describe(evaluation, &path, code);
    return evaluation_run(evaluation);
}

/* The code may use the console's commands, too. */
static cJSON *evaluate_with_commands(struct evaluation *evaluation) {
    commands_begin(evaluation->stop);
    cJSON *body = evaluate_in(evaluation), *asked = commands_end(evaluation->stop);
    if (body != NULL && asked != NULL)
        cJSON_AddItemToObject(body, "luaheat", asked);
    else
        cJSON_Delete(asked);
    return body;
}

/* If the code is the name of a constant: its value; else NULL. */
static cJSON *find_constant(struct evaluation *evaluation) {
    struct stop *stop = evaluation->stop;
    const char *code = evaluation->data;
    struct chain chain;
    struct chain_link name, next;
    struct frame frame;
    struct declarations_constants constants;
    if (!chain_first(&chain, code, strlen(code), &name) || chain_next(&chain, &next) ||
        !chain_ends(&chain) || !frames_find(&stop->frames, evaluation->frame, &frame))
        return NULL;
    constants_find(&stop->text, &frame, &constants);
    const struct declarations_constant *found = constants_named(&constants, name.text, name.size);
    if (found == NULL)
        return NULL;
    stop_push_constant(stop, &constants, found);
    return describe(evaluation, NULL, NULL);
}

static cJSON *evaluate(struct stop *stop, const cJSON *arguments, struct inspect_problem *problem) {
    const char *context = arguments_text(arguments, "context");
    const cJSON *format = arguments_get(arguments, "format");
    struct evaluation evaluation = {.stop = stop,
                                    .perform = perform_code,
                                    .finish = finish_results,
                                    .data = (void *)arguments_text(arguments, "expression"),
                                    .problem = problem};
    struct frame frame;
    if (arguments_get(arguments, "frameId") != NULL &&
        !frames_asked(&stop->frames, arguments, &frame, &evaluation.frame, problem))
        return NULL;
    evaluation.style = (struct value_style){
        .hex = arguments_flag(format, "hex"),
        .whole = context != NULL && strcmp(context, "clipboard") == 0,
        .console = context != NULL && strcmp(context, "repl") == 0,
    };
    cJSON *constant = find_constant(&evaluation);
    if (constant != NULL)
        return constant;
    if (evaluation.style.whole)
        return copy(&evaluation);
    if (context == NULL || strcmp(context, "hover") != 0)
        return evaluate_with_commands(&evaluation);
    evaluation.perform = evaluation_perform_quietly;
    return evaluate_in(&evaluation);
}

const struct inspect_request evaluate_requests[] = {
    {"evaluate", evaluate},
    {NULL, NULL},
};
