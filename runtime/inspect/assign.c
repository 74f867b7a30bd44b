/* SPDX-License-Identifier: MIT */
/*
 * The new value is evaluated in the frame that the variable was reached from. A variable of a list
 * is set raw, in its place; an expression is assigned to by Lua code, as the program would do it.
 */
#include "arguments.h"
#include "evaluation.h"
#include "frames.h"
#include "member.h"
#include "stop.h"
#include "variable.h"

#include <lauxlib.h>

struct assignment {
    const char *value;      /* Lua code */
    const char *expression; /* to assign to */
    struct value_path path; /* the same, if it is a variable of a list */
};

/* "4,5" is two values, where somebody may have meant a decimal comma. */
static void check_single(lua_State *co, const struct evaluation *evaluation, const char *value) {
    evaluation_push_code(co, evaluation, "return ", value); /* its errors come first */
    lua_pushfstring(co, "%s\n)", value);
    if (!evaluation_compiles(co, evaluation, "return (", lua_tostring(co, -1)))
        luaL_error(co, "'%s' is not one value: nothing has been changed", value);
    lua_pop(co, 3);
}

/* The value, to the top of the coroutine's stack. */
static void push_value(lua_State *co, struct evaluation *evaluation) {
    const struct assignment *assignment = evaluation->data;
    int top = lua_gettop(co);
    check_single(co, evaluation, assignment->value);
    evaluation_push_code(co, evaluation, "return ", assignment->value);
    if (evaluation_call(co, evaluation) == top)
        luaL_error(co, "this gives no value: nothing has been changed");
    lua_settop(co, top + 1);
}

static int perform_value(lua_State *co, struct evaluation *evaluation) {
    push_value(co, evaluation);
    return 1;
}

/* The value on top of the stopped thread's stack; pops it. */
static cJSON *describe(struct evaluation *evaluation, const struct value_path *path) {
    const struct variable variable = {.path = path, .frame = evaluation->frame};
    cJSON *body = cJSON_CreateObject();
    variable_describe(evaluation->stop, body, "value", &variable, &evaluation->style);
    lua_pop(evaluation->stop->L, 1);
    return body;
}

static cJSON *finish_variable(struct evaluation *evaluation, lua_State *co, int count) {
    struct stop *stop = evaluation->stop;
    const struct assignment *assignment = evaluation->data;
    evaluation_push_result(evaluation, co, 1);
    lua_pushvalue(stop->L, -1);
    if (value_path_assign(&stop->paths, &assignment->path))
        return describe(evaluation, &assignment->path);
    lua_pop(stop->L, 1);
    return inspect_refuse(evaluation->problem, "it cannot be assigned to, or is no more there");
}

/* `...` in the expression are the frame's varargs: so the assignment is in a function of its own.
 */
static void push_assignment(lua_State *co, const struct evaluation *evaluation,
                            const char *expression) {
    lua_pushfstring(co, "%s\n= __luaheat_value end", expression);
    if (!evaluation_compiles(co, evaluation, "local __luaheat_value = ...; return function(...) ",
                             lua_tostring(co, -1)))
        luaL_error(co, "'%s' cannot be assigned to: only variables and fields can", expression);
    lua_remove(co, -2);
}

static void check_expression(lua_State *co, const struct evaluation *evaluation,
                             const char *expression) {
    lua_pushfstring(co, "%s\n)", expression);
    evaluation_push_code(co, evaluation, "return (", lua_tostring(co, -1));
    lua_pop(co, 2);
}

static int perform_assignment(lua_State *co, struct evaluation *evaluation) {
    const struct assignment *assignment = evaluation->data;
    check_expression(co, evaluation, assignment->expression);
    push_value(co, evaluation);
    push_assignment(co, evaluation, assignment->expression);
    lua_pushvalue(co, 1);
    evaluation_call_with(co, evaluation, 1);
    lua_call(co, evaluation_push_varargs(co, evaluation), 0);
    return 1;
}

static cJSON *finish_assignment(struct evaluation *evaluation, lua_State *co, int count) {
    struct stop *stop = evaluation->stop;
    struct value_path path = {.kind = VALUE_PATH_KEPT};
    evaluation_push_result(evaluation, co, 1);
    if (variable_is_referred_to(stop->L))
        path.n = console_keep(&stop->console, stop->L);
    return describe(evaluation, &path);
}

static cJSON *assign(struct evaluation *evaluation, struct assignment *assignment,
                     const cJSON *arguments) {
    assignment->value = arguments_text(arguments, "value");
    evaluation->data = assignment;
    evaluation->style.hex = arguments_flag(arguments_get(arguments, "format"), "hex");
    return evaluation_run(evaluation);
}

static cJSON *set_variable(struct stop *stop, const cJSON *arguments,
                           struct inspect_problem *problem) {
    struct reference reference;
    struct assignment assignment = {.expression = NULL};
    const char *name = arguments_text(arguments, "name");
    if (!reference_asked(&stop->references, arguments, &reference, problem))
        return NULL;
    if (!member_find(stop, &reference, name, true, &assignment.path, problem))
        return NULL;
    struct evaluation evaluation = {.stop = stop,
                                    .frame = reference.frame,
                                    .perform = perform_value,
                                    .finish = finish_variable,
                                    .problem = problem};
    return assign(&evaluation, &assignment, arguments);
}

static cJSON *set_expression(struct stop *stop, const cJSON *arguments,
                             struct inspect_problem *problem) {
    struct frame frame;
    struct assignment assignment = {.expression = arguments_text(arguments, "expression")};
    struct evaluation evaluation = {.stop = stop,
                                    .perform = perform_assignment,
                                    .finish = finish_assignment,
                                    .problem = problem};
    if (arguments_get(arguments, "frameId") != NULL &&
        !frames_asked(&stop->frames, arguments, &frame, &evaluation.frame, problem))
        return NULL;
    return assign(&evaluation, &assignment, arguments);
}

const struct inspect_request assign_requests[] = {
    {"setVariable", set_variable},
    {"setExpression", set_expression},
    {NULL, NULL},
};
