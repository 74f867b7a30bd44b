/* SPDX-License-Identifier: MIT */
#include "evaluation.h"

#include "account.h"
#include "constants.h"
#include "environment.h"
#include "frames.h"
#include "limit.h"
#include "lookup.h"
#include "stop.h"

#include <lauxlib.h>
#include <string.h>

enum { LIMIT_MS = 3000 };

#define CHUNK "console"

/* lua_Reader's data: texts, one after the other. */
struct pieces {
    const char *texts[3];
    int next;
};

static const char *read_piece(lua_State *L, void *data, size_t *size) {
    struct pieces *pieces = data;
    const char *text = pieces->next < 3 ? pieces->texts[pieces->next++] : NULL;
    *size = text != NULL ? strlen(text) : 0;
    return text;
}

static int load(lua_State *L, const struct evaluation *evaluation, const char *beginning,
                const char *code) {
    struct string_builder builder = {0};
    struct pieces pieces = {{evaluation->constants, beginning, environment_code(&builder, code)},
                            0};
    int status = lua_load(L, read_piece, &pieces, "=" CHUNK, "t");
    string_builder_finish(&builder);
    return status;
}

bool evaluation_compiles(lua_State *co, const struct evaluation *evaluation, const char *beginning,
                         const char *code) {
    if (load(co, evaluation, beginning, code) == LUA_OK)
        return true;
    lua_pop(co, 1);
    return false;
}

void evaluation_push_code(lua_State *co, const struct evaluation *evaluation, const char *beginning,
                          const char *code) {
    if (load(co, evaluation, beginning, code) != LUA_OK)
        lua_error(co);
}

static int all_results(lua_State *L, int status, lua_KContext context) {
    (void)status;
    (void)context;
    return lua_gettop(L);
}

int evaluation_call_with(lua_State *co, const struct evaluation *evaluation, int arguments) {
    int function = lua_gettop(co) - arguments;
    environment_push(co, evaluation->stop, evaluation->frame);
    if (lua_setupvalue(co, function, 1) == NULL)
        lua_pop(co, 1);
    lua_callk(co, arguments, LUA_MULTRET, 0, all_results);
    return all_results(co, LUA_OK, 0);
}

/* What `...` stands for in the code. */
int evaluation_push_varargs(lua_State *co, const struct evaluation *evaluation) {
    struct frame frame;
    if (!frames_find(&evaluation->stop->frames, evaluation->frame, &frame))
        return 0;
    int count = lookup_varargs(&frame);
    luaL_checkstack(co, count + 1, "too many varargs");
    for (int n = 1; n <= count; n++)
        lookup_push(&frame, (struct lookup){LOOKUP_LOCAL, -n}, co);
    return count;
}

int evaluation_call(lua_State *co, const struct evaluation *evaluation) {
    return evaluation_call_with(co, evaluation, evaluation_push_varargs(co, evaluation));
}

/* The body of the coroutine. It may yield, so that a yield can be told from an error. */
static int body(lua_State *co) {
    struct evaluation *evaluation = lua_touserdata(co, 1);
    lua_settop(co, 0);
    return evaluation->perform(co, evaluation);
}

void evaluation_push_result(const struct evaluation *evaluation, lua_State *co, int i) {
    lua_pushvalue(co, i);
    lua_xmove(co, evaluation->stop->L, 1);
}

/* In the words of the frame, if it is an error of the code itself. */
static void write_message(struct string_builder *builder, const struct evaluation *evaluation,
                          const char *message) {
    struct frame frame;
    bool in_frame = frames_find(&evaluation->stop->frames, evaluation->frame, &frame);
    if (strncmp(message, CHUNK ":", strlen(CHUNK ":")) == 0)
        environment_write_error(builder, in_frame ? &frame : NULL, message);
    else
        string_builder_print(builder, "%s", message);
}

static cJSON *refuse_error(struct evaluation *evaluation, lua_State *co) {
    struct string_builder builder = {0}, message = {0};
    lua_xmove(co, evaluation->stop->L, 1);
    lua_State *L = evaluation->stop->L;
    if (lua_type(L, -1) == LUA_TSTRING)
        string_builder_excerpt(&message, lua_tostring(L, -1), lua_rawlen(L, -1),
                               STRING_BUILDER_MESSAGE_BYTES);
    else
        value_write(&message, &evaluation->stop->coroutines, L, -1, &evaluation->style);
    lua_pop(L, 1);
    write_message(&builder, evaluation, string_builder_text(&message));
    inspect_refuse(evaluation->problem, "%s", string_builder_text(&builder));
    string_builder_finish(&builder);
    string_builder_finish(&message);
    return NULL;
}

static cJSON *conclude(struct evaluation *evaluation, lua_State *co, int status,
                       const struct limit *limit, int count) {
    if (limit->cancelled)
        return inspect_refuse(evaluation->problem, "cancelled");
    if (limit->overdue) /* even if the code has caught the error */
        return inspect_refuse(evaluation->problem, "stopped: it took longer than %d s",
                              LIMIT_MS / 1000);
    if (!lua_checkstack(co, 1))
        return inspect_refuse(evaluation->problem, "too many results");
    if (status == LUA_YIELD)
        return inspect_refuse(evaluation->problem,
                              "it yields: evaluated code is in no coroutine of the program's");
    if (status != LUA_OK)
        return refuse_error(evaluation, co);
    return evaluation->finish(evaluation, co, count);
}

/* With the coroutine in the chain of running threads, above the stopped one. That one may be
   missing there: a C module may have resumed it behind our back. */
static int resume(struct stop *stop, lua_State *co, int *count) {
    struct threads *threads = &stop->account->threads;
    size_t place = threads->running;
    const lua_State *innermost = threads_running(threads, &place)->L;
    threads_include(threads, stop->L);
    threads_enter(threads, stop->L, co);
    int status = lua_resume(co, stop->L, 1, count);
    threads_leave(threads, innermost);
    return status;
}

static cJSON *run_in(struct evaluation *evaluation, lua_State *co) {
    struct stop *stop = evaluation->stop;
    struct limit limit;
    int count = 0;
    lua_pushcfunction(co, body);
    lua_pushlightuserdata(co, evaluation);
    if (!limit_begin(&limit, stop, co, LIMIT_MS))
        return inspect_refuse(evaluation->problem, "not enough memory");
    int status = resume(stop, co, &count);
    limit_end(&limit, stop);
    return conclude(evaluation, co, status, &limit, count);
}

cJSON *evaluation_run(struct evaluation *evaluation) {
    struct stop *stop = evaluation->stop;
    struct string_builder constants = {0};
    cJSON *answer = NULL;
    struct frame frame;
    if (evaluation->frame != 0 && frames_find(&stop->frames, evaluation->frame, &frame))
        constants_declare_at(&stop->text, &frame, &constants);
    string_builder_print(&constants, " "); /* an empty piece would be the end of the code */
    evaluation->constants = string_builder_text(&constants);
    collector_hold(&stop->collector, stop->L);
    struct account_work before = account_begin_work(stop->account, stop->L);
    lua_State *co = console_open(stop) ? console_spawn(stop) : NULL;
    if (co != NULL) {
        answer = run_in(evaluation, co);
        lua_pop(stop->L, 1);
    } else {
        inspect_refuse(evaluation->problem, "no memory, or no room on the stack, to evaluate");
    }
    account_end_work(stop->account, before);
    account_settle(stop->account, stop->L);
    evaluation->constants = NULL;
    string_builder_finish(&constants);
    return answer;
}
