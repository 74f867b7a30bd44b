/* SPDX-License-Identifier: MIT */
#include "error_condition.h"

#include "debugger.h"
#include "expressions.h"
#include "frames.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

/* More lines than this share one that knows no constants. */
enum { MOST_PLACES = 1000 };

void error_condition_finish(struct error_condition *condition) {
    free(condition->text);
    free(condition->places.items);
    *condition = (struct error_condition){0};
}

char *error_condition_set(struct error_condition *condition, const char *text) {
    const struct breakpoint_options_asked asked = {.condition = text};
    struct breakpoint_options options;
    char *problem = breakpoint_options_read(&options, &asked);
    error_condition_finish(condition);
    if (problem == NULL && options.condition != NULL)
        condition->text = strdup(options.condition);
    breakpoint_options_finish(&options);
    return problem;
}

/* The frame that threw: names in a condition are its names. */
static bool find_frame(lua_State *L, lua_Debug *frame) {
    return lua_getstack(L, frames_count_throwers(L), frame) && lua_getinfo(L, "Sl", frame);
}

static struct error_place name_place(struct chunks *chunks, const lua_Debug *frame,
                                     size_t known_places) {
    struct error_place place = {0, 0, 0};
    if (*frame->what == 'C' || known_places >= MOST_PLACES)
        return place;
    const struct chunk *chunk = chunks_find(chunks, frame->source, frame->srclen);
    place.chunk = chunk != NULL ? chunk->id : 0;
    place.line = frame->currentline;
    return place;
}

static const struct error_place *find(const struct error_condition *condition,
                                      const struct error_place *place) {
    for (size_t i = 0; i < condition->places.count; i++)
        if (condition->places.items[i].line == place->line &&
            condition->places.items[i].chunk == place->chunk)
            return &condition->places.items[i];
    return NULL;
}

static void add(struct error_condition *condition, const struct error_place *place) {
    struct error_place *added = array_add(&condition->places);
    if (added != NULL)
        *added = *place;
}

/* The code for the frame's line, made if need be; 0: there is none. */
static int prepare(struct error_condition *condition, struct debugger *debugger,
                   struct expressions *expressions, lua_State *L, const lua_Debug *frame) {
    if (condition->asked != expressions->version + 1)
        condition->places.count = 0;
    condition->asked = expressions->version + 1;
    struct error_place place =
        name_place(&debugger->account.chunks, frame, condition->places.count);
    const struct error_place *known = find(condition, &place);
    if (known != NULL)
        return known->code;
    struct string_builder error = {0};
    place.code = expressions_keep_for_error(expressions, L, frame, condition->text, &error);
    string_builder_finish(&error);
    add(condition, &place);
    return place.code;
}

static bool test(struct error_condition *condition, struct debugger *debugger,
                 struct expressions *expressions, lua_State *L, const struct debugger_stop *stop) {
    struct string_builder error = {0};
    lua_Debug frame;
    if (!lua_checkstack(stop->thread, LUA_MINSTACK) || !find_frame(stop->thread, &frame))
        return true;
    if (expressions_open(expressions, L) == NULL) /* what has thrown may be dead */
        return true;
    int code = prepare(condition, debugger, expressions, stop->thread, &frame);
    if (code == 0)
        return true;
    lua_pushvalue(L, stop->error);
    enum expressions_outcome outcome =
        expressions_test_error(expressions, stop->thread, &frame, code, L, &error);
    string_builder_finish(&error);
    return outcome != EXPRESSIONS_FALSE;
}

bool error_condition_holds(struct error_condition *condition, struct debugger *debugger,
                           struct expressions *expressions, lua_State *L,
                           const struct debugger_stop *stop) {
    if (condition->text == NULL)
        return true;
    debugger->evaluating = true;
    bool holds = test(condition, debugger, expressions, L, stop);
    debugger->evaluating = false;
    return holds;
}
