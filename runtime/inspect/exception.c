/* SPDX-License-Identifier: MIT */
#include "exception.h"

#include "coroutine.h"
#include "frame_name.h"
#include "inspect.h"
#include "location.h"
#include "place.h"
#include "stop.h"
#include "value.h"
#include "words.h"

enum { MOST_TRACED = 50 };

/* The error value on top of the stack, as a message: a string as it is (or its beginning),
   anything else as a value. */
static void write_message(const struct stop *stop, struct words *words) {
    lua_State *L = stop->L;
    if (lua_type(L, -1) == LUA_TSTRING)
        words_excerpt(words, lua_tostring(L, -1), lua_rawlen(L, -1), WORDS_MESSAGE_BYTES);
    else
        value_write(words, stop, L, -1, &(struct value_style){0});
}

static void write_traced(struct words *words, const struct stop *stop, lua_State *L,
                         lua_Debug *record) {
    lua_getinfo(L, "nSlt", record);
    if (*record->what == 'C')
        words_print(words, "[C]");
    else
        location_write(words, record, record->currentline);
    words_print(words, ": in ");
    frame_name_write(words, stop, L, record);
    words_print(words, "\n");
}

static void write_trace(const struct stop *stop, struct words *words) {
    lua_State *L = stop->error.thread;
    int first = stop_hidden(stop, L);
    lua_Debug record;
    for (int i = 0; i < MOST_TRACED && lua_getstack(L, first + i, &record); i++)
        write_traced(words, stop, L, &record);
}

static cJSON *describe_error(const struct stop *stop) {
    struct words message = {0}, trace = {0};
    write_message(stop, &message);
    write_trace(stop, &trace);
    cJSON *body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "exceptionId", lua_typename(stop->L, lua_type(stop->L, -1)));
    cJSON_AddStringToObject(body, "description", words_text(&message));
    cJSON_AddStringToObject(body, "breakMode", stop->error.caught ? "always" : "unhandled");
    cJSON *details = cJSON_AddObjectToObject(body, "details");
    cJSON_AddStringToObject(details, "message", words_text(&message));
    cJSON_AddStringToObject(details, "typeName", lua_typename(stop->L, lua_type(stop->L, -1)));
    cJSON_AddStringToObject(details, "stackTrace", words_text(&trace));
    words_finish(&message);
    words_finish(&trace);
    return body;
}

void exception_describe(const struct stop *stop, cJSON *body) {
    struct words message = {0};
    lua_pushvalue(stop->L, stop->error.index);
    write_message(stop, &message);
    lua_pop(stop->L, 1);
    cJSON_AddStringToObject(body, "description",
                            stop->error.caught ? "Paused on caught error" : "Paused on error");
    cJSON_AddStringToObject(body, "text", words_text(&message));
    words_finish(&message);
}

static cJSON *exception_info(struct stop *stop, const cJSON *arguments,
                             struct inspect_problem *problem) {
    if (stop->error.thread == NULL)
        return inspect_refuse(problem, "the program was not stopped by an error");
    if (coroutine_asked(stop, arguments, problem) == NULL)
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
