/* SPDX-License-Identifier: MIT */
#include "evaluation.h"

#include "account.h"
#include "code.h"
#include "constants.h"
#include "environment.h"
#include "frames.h"
#include "limit.h"
#include "lookup.h"
#include "quiet.h"
#include "stop.h"

#include <lauxlib.h>
#include <stdlib.h>

enum { LIMIT_MS = 3000 };

#define CHUNK "console"

static int load(lua_State *L, const struct evaluation *evaluation, const char *beginning,
                const char *text) {
    const struct code code = {CHUNK, evaluation->constants, beginning, text, NULL};
    return code_load(L, &code);
}

bool evaluation_compiles(lua_State *co, const struct evaluation *evaluation, const char *beginning,
                         const char *text) {
    if (load(co, evaluation, beginning, text) == LUA_OK)
        return true;
    lua_pop(co, 1);
    return false;
}

void evaluation_push_code(lua_State *co, const struct evaluation *evaluation, const char *beginning,
                          const char *text) {
    if (load(co, evaluation, beginning, text) != LUA_OK)
        lua_error(co);
}

/* ---- in the coroutine ---- */

static int all_results(lua_State *L, int status, lua_KContext context) {
    (void)status;
    (void)context;
    return lua_gettop(L);
}

static void push_environment(lua_State *co, const struct evaluation *evaluation) {
    struct frame frame;
    struct stop *stop = evaluation->stop;
    bool in_frame = frames_find(&stop->frames, evaluation->frame, &frame);
    luaL_checkstack(co, LUA_MINSTACK, NULL);
    environment_push_metatable(co);
    environment_push(co, &stop->history->scope, lua_gettop(co), in_frame ? &frame : NULL);
    lua_remove(co, -2);
}

int evaluation_call_with(lua_State *co, const struct evaluation *evaluation, int arguments) {
    int function = lua_gettop(co) - arguments;
    push_environment(co, evaluation);
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
    int count = lookup_push_varargs(&frame, co);
    return count >= 0 ? count : luaL_error(co, "too many varargs");
}

int evaluation_call(lua_State *co, const struct evaluation *evaluation) {
    return evaluation_call_with(co, evaluation, evaluation_push_varargs(co, evaluation));
}

int evaluation_perform_quietly(lua_State *co, struct evaluation *evaluation) {
    const char *text = evaluation->data;
    if (!evaluation_compiles(co, evaluation, "return ", text))
        quiet_refuse(co, "it is no expression");
    quiet_begin(co, text);
    int count = evaluation_call(co, evaluation);
    if (count == 0) /* nothing to show, over which the editor would show nothing else */
        quiet_refuse(co, "it has no value");
    return count;
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

/* ---- what came of it ---- */

static cJSON *refuse_error(struct evaluation *evaluation, lua_State *co) {
    static const struct code code = {.chunk = CHUNK};
    struct stop *stop = evaluation->stop;
    struct string_builder builder = {0};
    struct frame frame;
    bool in_frame = frames_find(&stop->frames, evaluation->frame, &frame);
    lua_xmove(co, stop->L, 1);
    code_write_error(&builder, &code, true, in_frame ? &frame : NULL, &stop->coroutines, stop->L);
    lua_pop(stop->L, 1);
    inspect_refuse(evaluation->problem, "%s", string_builder_text(&builder));
    string_builder_finish(&builder);
    return NULL;
}

/* Its time may be over even if the code has caught the error. */
static cJSON *refuse_limited(struct evaluation *evaluation, const struct limit *limit) {
    struct string_builder builder = {0};
    limit_write(limit, &builder);
    inspect_refuse(evaluation->problem, "%s", string_builder_text(&builder));
    string_builder_finish(&builder);
    return NULL;
}

static cJSON *conclude(struct evaluation *evaluation, lua_State *co, int status,
                       const struct limit *limit, int count) {
    if (limit->cancelled || limit->overdue)
        return refuse_limited(evaluation, limit);
    if (!lua_checkstack(co, 1))
        return inspect_refuse(evaluation->problem, "too many results");
    if (status == LUA_YIELD)
        return inspect_refuse(evaluation->problem,
                              "it yields: evaluated code is in no coroutine of the program's");
    if (status != LUA_OK)
        return refuse_error(evaluation, co);
    return evaluation->finish(evaluation, co, count);
}

/* ---- the program's coroutines meanwhile ---- */

/* The raw hook of a thread. */
struct hook {
    lua_State *L;
    lua_Hook function;
    int mask, count;
};

/* Those that the code could resume: they are under the limit too, and no breakpoint fires inside.
 */
struct others {
    struct hook *hooks; /* what to restore */
    size_t count;
};

static bool is_idle(lua_State *L) {
    lua_Debug record;
    return lua_status(L) == LUA_YIELD || !lua_getstack(L, 0, &record);
}

static bool hook_others(struct others *others, struct threads *threads) {
    *others = (struct others){malloc(threads->count * sizeof *others->hooks), 0};
    if (others->hooks == NULL)
        return false;
    for (struct thread *thread = threads->first; thread != NULL; thread = thread->next) {
        lua_State *L = thread->L;
        if (thread->hidden || !is_idle(L))
            continue;
        others->hooks[others->count++] =
            (struct hook){L, lua_gethook(L), lua_gethookmask(L), lua_gethookcount(L)};
        lua_sethook(L, limit_hook, LUA_MASKCOUNT, LIMIT_COUNT);
    }
    return true;
}

static void unhook_others(struct others *others, struct threads *threads) {
    for (size_t i = 0; i < others->count; i++) {
        const struct hook *hook = &others->hooks[i];
        if (threads_of(threads, hook->L) != NULL)
            lua_sethook(hook->L, hook->function, hook->mask, hook->count);
    }
    free(others->hooks);
}

/* ---- running it ---- */

/* With the coroutine in the chain of running threads, above the stopped one. That one may be
   missing there: a C module may have resumed it behind our back. */
static int resume(struct stop *stop, lua_State *co, int *count) {
    struct threads *threads = &stop->account->threads;
    const lua_State *innermost = threads_running(threads)->L;
    threads_include(threads, stop->L);
    threads_enter(threads, stop->L, co);
    int status = lua_resume(co, stop->L, 1, count);
    threads_leave(threads, innermost);
    return status;
}

static cJSON *run_in(struct evaluation *evaluation, lua_State *co) {
    struct stop *stop = evaluation->stop;
    struct threads *threads = &stop->account->threads;
    struct limit limit = {.milliseconds = LIMIT_MS,
                          .interrupted = stop->interrupted,
                          .interrupted_data = stop->interrupted_data};
    struct others others;
    int count = 0;
    lua_pushcfunction(co, body);
    lua_pushlightuserdata(co, evaluation);
    if (!hook_others(&others, threads))
        return inspect_refuse(evaluation->problem, "not enough memory");
    limit_begin(&limit, stop->account);
    int status = resume(stop, co, &count);
    unhook_others(&others, threads);
    limit_end(&limit, stop->account, stop->L);
    return conclude(evaluation, co, status, &limit, count);
}

cJSON *evaluation_run(struct evaluation *evaluation) {
    struct stop *stop = evaluation->stop;
    struct string_builder constants = {0};
    cJSON *answer = NULL;
    struct frame frame;
    if (evaluation->frame != 0 && frames_find(&stop->frames, evaluation->frame, &frame))
        constants_declare_at(&stop->text, &frame, &constants);
    evaluation->constants = string_builder_text(&constants);
    stop_hold_nothing(stop);
    collector_hold(&stop->collector, stop->L);
    struct account_work before = account_begin_work(stop->account, stop->L);
    lua_State *co = console_open(&stop->console, stop->L) ? console_spawn(stop->L) : NULL;
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
