/* SPDX-License-Identifier: MIT */
#include "exception.h"

#include "coroutine.h"
#include "frame_name.h"
#include "frames.h"
#include "inspect.h"
#include "location.h"
#include "stop.h"
#include "string_builder.h"
#include "value.h"
#include "value_path.h"

enum { MOST_TRACED = 50 };

/* The error value on top of the stack, as a message: a string as it is (or its beginning),
   anything else as a value. */
static void write_message(const struct stop *stop, struct string_builder *builder) {
    lua_State *L = stop->L;
    if (lua_type(L, -1) == LUA_TSTRING)
        string_builder_excerpt(builder, lua_tostring(L, -1), lua_rawlen(L, -1),
                               STRING_BUILDER_MESSAGE_BYTES);
    else
        value_write(builder, &stop->coroutines, L, -1, &(struct value_style){0});
}

static void write_traced(struct string_builder *builder, const struct stop *stop, lua_State *L,
                         lua_Debug *record) {
    lua_getinfo(L, "nSlt", record);
    if (*record->what == 'C')
        string_builder_print(builder, "[C]");
    else
        location_write(builder, record, record->currentline);
    string_builder_print(builder, ": in ");
    frame_name_write(builder, stop->L, L, record);
    string_builder_print(builder, "\n");
}

static void write_trace(const struct stop *stop, struct string_builder *builder) {
    lua_State *L = stop->error.thread;
    int first = stop->frames.throwers;
    lua_Debug record;
    for (int i = 0; i < MOST_TRACED && lua_getstack(L, first + i, &record); i++)
        write_traced(builder, stop, L, &record);
}

static cJSON *describe_error(const struct stop *stop) {
    struct string_builder message = {0}, trace = {0};
    write_message(stop, &message);
    write_trace(stop, &trace);
    cJSON *body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "exceptionId", lua_typename(stop->L, lua_type(stop->L, -1)));
    cJSON_AddStringToObject(body, "description", string_builder_text(&message));
    cJSON_AddStringToObject(body, "breakMode", stop->error.caught ? "always" : "unhandled");
    cJSON *details = cJSON_AddObjectToObject(body, "details");
    cJSON_AddStringToObject(details, "message", string_builder_text(&message));
    cJSON_AddStringToObject(details, "typeName", lua_typename(stop->L, lua_type(stop->L, -1)));
    cJSON_AddStringToObject(details, "stackTrace", string_builder_text(&trace));
    string_builder_finish(&message);
    string_builder_finish(&trace);
    return body;
}

void exception_describe(const struct stop *stop, cJSON *body) {
    struct string_builder message = {0};
    lua_pushvalue(stop->L, stop->error.index);
    write_message(stop, &message);
    lua_pop(stop->L, 1);
    cJSON_AddStringToObject(body, "description",
                            stop->error.caught ? "Paused on caught error" : "Paused on error");
    cJSON_AddStringToObject(body, "text", string_builder_text(&message));
    string_builder_finish(&message);
}

static cJSON *exception_info(struct stop *stop, const cJSON *arguments,
                             struct inspect_problem *problem) {
    if (stop->error.thread == NULL)
        return inspect_refuse(problem, "the program was not stopped by an error");
    if (frames_thread_asked(&stop->frames, arguments, problem) == NULL)
        return NULL;
    lua_pushvalue(stop->L, stop->error.index);
    cJSON *body = describe_error(stop);
    lua_pop(stop->L, 1);
    return body;
}

const struct inspect_request exception_requests[] = {
    {"exceptionInfo", exception_info},
    {NULL, NULL},
};
