/* SPDX-License-Identifier: MIT */
#include "stopped.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static cJSON *stack(struct stop *stop, int thread) {
    cJSON *body = ask(stop, "stackTrace", "{'threadId': %d}", thread);
    return cJSON_GetObjectItem(body, "stackFrames");
}

static void look_at_frames(struct stop *stop) {
    cJSON *frames = stack(stop, 1);
    cr_assert_str_eq(names(frames), "inner method function <program.lua:6> sort "
                                    "function <program.lua:7> (...tail calls...) main chunk");
    const cJSON *inner = cJSON_GetArrayItem(frames, 0), *c = cJSON_GetArrayItem(frames, 3);
    cr_assert_eq(number(inner, "line"), 2);
    cr_assert_eq(number(inner, "column"), 1);
    cr_assert_str_eq(text(cJSON_GetObjectItem(inner, "source"), "name"), "program.lua");
    cr_assert(cJSON_IsFalse(cJSON_GetObjectItem(inner, "canRestart")));
    cr_assert_eq(number(c, "line"), 0);
    cr_assert_null(cJSON_GetObjectItem(c, "source"));
    cr_assert_str_eq(text(c, "presentationHint"), "subtle");
    cr_assert_eq(number(ask(stop, "stackTrace", "{'threadId': 1}"), "totalFrames"), 6);
}

Test(stack, frames_are_named) {
    stopped_look("local function inner()\n"
                 "  return true --> stop\n"
                 "end\n"
                 "local object = {}\n"
                 "function object:method() local b = inner() return b and false end\n"
                 "local function before() local b = object:method() return b end\n"
                 "local function sorts() table.sort({1, 2}, before) end\n"
                 "local function tail() return sorts() end\n"
                 "tail() return 1\n",
                 look_at_frames);
}

static void look_at_pages(struct stop *stop) {
    int ids[3];
    for (int i = 0; i < 3; i++)
        ids[i] = frame_id(stop, i);
    cr_assert(ids[0] != ids[1] && ids[1] != ids[2]);
    cr_assert_eq(frame_id(stop, 1), ids[1], "a frame keeps its id");
    cJSON *page = ask(stop, "stackTrace", "{'threadId': 1, 'startFrame': 3, 'levels': 2}");
    cr_assert_eq(cJSON_GetArraySize(cJSON_GetObjectItem(page, "stackFrames")), 2);
    cr_assert_eq(number(page, "totalFrames"), 12);
    page = ask(stop, "stackTrace", "{'threadId': 1, 'startFrame': 12}");
    cr_assert_eq(cJSON_GetArraySize(cJSON_GetObjectItem(page, "stackFrames")), 0);
}

Test(stack, is_given_in_pages) {
    stopped_look("local function f(n) if n > 0 then f(n - 1) return end\n"
                 "  n = 1 --> stop\n"
                 "end f(10)\n",
                 look_at_pages);
}

static cJSON *stack_page(struct stop *stop, int start, int levels) {
    cJSON *body =
        ask(stop, "stackTrace", "{'threadId': 1, 'startFrame': %d, 'levels': %d}", start, levels);
    return cJSON_GetObjectItem(body, "stackFrames");
}

static double walks_through(lua_State *L, int level, int times) {
    double before = cpu_seconds();
    lua_Debug record;
    while (times-- > 0)
        cr_assert(lua_getstack(L, level, &record));
    return cpu_seconds() - before;
}

/* The call at this level has its level as its argument. */
static void check_frame(struct stop *stop, int level, int start) {
    cJSON *page = stack_page(stop, start, 20);
    int id = number(cJSON_GetArrayItem(page, level - start), "id");
    cJSON *scopes = ask(stop, "scopes", "{'frameId': %d}", id);
    const cJSON *locals = named(cJSON_GetObjectItem(scopes, "scopes"), "Locals");
    char argument[16];
    snprintf(argument, sizeof argument, "%d", level);
    cr_assert_str_eq(text(named(children(stop, locals), "n"), "value"), argument);
}

/* Looking at every frame by its level would be 95,000 walks through the whole stack. */
static void look_deep(struct stop *stop) {
    double before = cpu_seconds();
    cJSON *body = ask(stop, "stackTrace", "{'threadId': 1, 'startFrame': 0, 'levels': 20}");
    double taken = cpu_seconds() - before, walk = walks_through(stop->L, 190001, 100) / 100;
    cr_assert_eq(number(body, "totalFrames"), 190002);
    cr_log_info("20 of 190,002 frames: %.1f walks through the stack", taken / walk);
    cr_assert_lt(taken / walk, 50);
    cr_assert_str_eq(names(stack_page(stop, 190001, 20)), "main chunk");
    static const int levels[] = {100, 95000, 95019, 95001, 94990, 189999, 7, 95000};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        check_frame(stop, levels[i], levels[i] - (int)i);
    cr_assert_eq(cJSON_GetArraySize(stack_page(stop, 190002, 20)), 0);
    cr_assert_eq(cJSON_GetArraySize(stack_page(stop, 1000000, 20)), 0);
}

Test(stack, of_190_000_frames) {
    stopped_look("local function f(n) if n > 0 then f(n - 1) return end\n"
                 "  n = 1 --> stop\n"
                 "end f(190000)\n",
                 look_deep);
}

static void look_at_threads(struct stop *stop) {
    cJSON *threads = cJSON_GetObjectItem(ask(stop, "threads", "{}"), "threads");
    cr_assert_str_eq(names(threads), "coroutine 2 (program.lua:6), running at program.lua:2 "
                                     "coroutine 3 (program.lua:7), normal at program.lua:8 main "
                                     "coroutine 4 (program.lua:4), suspended at program.lua:4 "
                                     "coroutine 5 (program.lua:10), not started");
    cr_assert_str_eq(names(stack(stop, 2)),
                     "function <program.lua:1> "
                     "resumed by coroutine 3 (program.lua:7), normal at program.lua:8");
    cJSON *outer = stack(stop, 3);
    const cJSON *link = cJSON_GetArrayItem(outer, cJSON_GetArraySize(outer) - 1);
    cr_assert_str_eq(text(link, "name"), "resumed by main");
    cr_assert_str_eq(text(link, "presentationHint"), "label");
    cr_assert_eq(number(link, "line"), 11);
    cJSON *scopes = ask(stop, "scopes", "{'frameId': %d}", number(link, "id"));
    cJSON *locals = children(stop, named(cJSON_GetObjectItem(scopes, "scopes"), "Locals"));
    cr_assert_not_null(named(locals, "fresh"), "the link leads to the frame that resumed it");
    const cJSON *suspended = cJSON_GetArrayItem(threads, 3);
    cr_assert_str_eq(names(stack(stop, number(suspended, "id"))), "yield function <program.lua:4>");
    const cJSON *fresh = cJSON_GetArrayItem(threads, 4);
    cr_assert_str_eq(names(stack(stop, number(fresh, "id"))), "");
}

Test(stack, threads_are_coroutines) {
    stopped_look("local function inner()\n"
                 "  return true --> stop\n"
                 "end\n"
                 "local waiting = coroutine.wrap(function() coroutine.yield() end) waiting()\n"
                 "local dead = coroutine.wrap(function() end) dead()\n"
                 "local nested = coroutine.create(inner)\n"
                 "local outer = coroutine.create(function()\n"
                 "  coroutine.resume(nested)\n"
                 "end)\n"
                 "local fresh = coroutine.create(function() end)\n"
                 "coroutine.resume(outer) return waiting, dead, fresh\n",
                 look_at_threads);
}

static void look_at_a_suspended_one(struct stop *stop) {
    ask(stop, "threads", "{}");
    cJSON *frames = stack(stop, 2);
    int id = number(cJSON_GetArrayItem(frames, 1), "id");
    cJSON *scopes = cJSON_GetObjectItem(ask(stop, "scopes", "{'frameId': %d}", id), "scopes");
    cJSON *locals = children(stop, named(scopes, "Locals"));
    cr_assert_str_eq(names(locals), "a b");
    cr_assert_str_eq(text(named(locals, "b"), "value"), "\"two\"");
    cJSON *upvalues = children(stop, named(scopes, "Upvalues"));
    cr_assert_str_eq(text(named(upvalues, "up"), "value"), "7");
}

Test(stack, a_suspended_coroutine_can_be_read) {
    stopped_look("local up = 7\n"
                 "local co = coroutine.wrap(function(a) local b = 'two' coroutine.yield(up) end)\n"
                 "co(1)\n"
                 "return true --> stop\n",
                 look_at_a_suspended_one);
}

static void ask_nonsense(struct stop *stop) {
    cr_assert_not_null(strstr(refusal(stop, "stackTrace", "{'threadId': 99}"), "no thread 99"));
    refusal(stop, "stackTrace", "{}");
    refusal(stop, "stackTrace", "{'threadId': 'x'}");
    refusal(stop, "stackTrace", "{'threadId': 1.5}");
    refusal(stop, "stackTrace", "{'threadId': 1, 'levels': -1}");
    refusal(stop, "stackTrace", "{'threadId': 1, 'startFrame': 1e99}");
    refusal(stop, "stackTrace", "7");
    refusal(stop, "scopes", "{'frameId': 12345}");
    refusal(stop, "scopes", "[]");
    refusal(stop, "variables", "{'variablesReference': 77}");
    refusal(stop, "variables", "{}");
    refusal(stop, "source", "{}");
    refusal(stop, "source", "{'source': 3}");
    refusal(stop, "evaluate", "{'expression': 1}");
    refusal(stop, "evaluate", "{'expression': '1', 'frameId': 12345}");
    cr_assert_null(inspect_find("nonsense"));
}

Test(stack, nonsense_is_refused) {
    stopped_look("local x\nreturn x --> stop\n", ask_nonsense);
}

static void keep_numbers(struct stop *stop) {
    static int frame, reference;
    if (stopped_count() == 2) {
        cr_assert_not_null(
            strstr(refusal(stop, "scopes", "{'frameId': %d}", frame), "earlier stop"));
        cr_assert_not_null(strstr(
            refusal(stop, "variables", "{'variablesReference': %d}", reference), "earlier stop"));
    }
    frame = frame_id(stop, 0);
    cJSON *body = ask(stop, "scopes", "{'frameId': %d}", frame);
    reference =
        number(cJSON_GetArrayItem(cJSON_GetObjectItem(body, "scopes"), 0), "variablesReference");
}

Test(stack, numbers_die_with_the_stop) {
    stopped_look("for i = 1, 2 do\n  local x = i --> stop\nend\n", keep_numbers);
}

static void look_at_loaded_code(struct stop *stop) {
    cJSON *frames = stack(stop, 1);
    const cJSON *source = cJSON_GetObjectItem(cJSON_GetArrayItem(frames, 1), "source");
    cr_assert_str_eq(text(source, "name"), "[string \"local f = ......\"]");
    int reference = number(source, "sourceReference");
    cr_assert_gt(reference, 0);
    cJSON *body = ask(stop, "source", "{'sourceReference': %d}", reference);
    cr_assert_str_eq(text(body, "content"), "local f = ...\nlocal odd = '\\xFF é'\nf() return odd");
    body =
        ask(stop, "source", "{'sourceReference': 0, 'source': {'sourceReference': %d}}", reference);
    cr_assert_str_eq(text(body, "mimeType"), "text/x-lua");
    const cJSON *stdin_source = cJSON_GetObjectItem(cJSON_GetArrayItem(frames, 2), "source");
    cr_assert_str_eq(text(stdin_source, "name"), "stdin");
    cr_assert_eq(number(stdin_source, "sourceReference"), -1);
    cr_assert_not_null(strstr(refusal(stop, "source", "{'sourceReference': 99}"), "no source 99"));
}

Test(stack, loaded_code_has_a_source) {
    stopped_look(
        "local function f()\n\n\n\n"
        "  return true --> stop\n"
        "end\n"
        "local code = 'local f = ...\\nlocal odd = \\'\xff é\\'\\nf() return odd'\n"
        "load('local code, f = ... local odd = load(code)(f) return 1', '=stdin')(code, f)\n",
        look_at_loaded_code);
}
