/* SPDX-License-Identifier: MIT */
#include "stopped.h"

#include "chained_resume.h"
#include "contract_check.h"

#include <criterion/criterion.h>
#include <lauxlib.h>
#include <lualib.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

/* Criterion runs each test in a process of its own. */
static struct {
    struct account account;
    struct stop_history history;
    stopped_test *test;
    bool evaluates;
    const char *name; /* of the chunk */
    int line;         /* to stop at */
    int count;        /* stops so far */
    char text[1 << 16];
    cJSON *answers; /* all so far */
} running;

double cpu_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

size_t bytes_in_use(lua_State *L) {
    return (size_t)lua_gc(L, LUA_GCCOUNT) * 1024 + (size_t)lua_gc(L, LUA_GCCOUNTB);
}

static uint64_t sum_of_live(const struct figures *figures) {
    uint64_t sum = 0;
    for (uint32_t i = 0; i < figures->site_count; i++)
        for (int kind = 0; kind < FIGURES_KINDS; kind++)
            sum += figures_live(&figures->sites[i].cells[kind]);
    return sum;
}

static void check_figures(lua_State *L) {
    if (running.account.ledger.figures == NULL)
        return;
    account_settle(&running.account, L);
    cr_assert_eq(sum_of_live(running.account.ledger.figures), bytes_in_use(L));
}

static void on_line(lua_State *L, lua_Debug *event) {
    if (event->currentline != running.line)
        return;
    running.count++;
    struct stop stop;
    int top = lua_gettop(L);
    size_t bytes = bytes_in_use(L);
    stop_begin(&stop, &running.account, L, &running.history);
    running.test(&stop);
    check_figures(L);
    stop_end(&stop);
    cr_assert_eq(lua_gettop(L), top, "the stack is as it was");
    if (!running.evaluates)
        cr_assert_eq(bytes_in_use(L), bytes, "looking allocates nothing");
    check_figures(L);
}

static int line_of_mark(const char *code) {
    const char *mark = strstr(code, "--> stop");
    cr_assert_not_null(mark, "the code has no mark");
    int line = 1;
    for (const char *at = code; at < mark; at++)
        line += *at == '\n';
    return line;
}

static void run(const char *code, bool figures_on, void (*after)(lua_State *L)) {
    struct figures *figures = NULL;
    if (figures_on)
        figures = mmap(NULL, sizeof *figures, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    running.count = 0;
    running.answers = cJSON_CreateArray();
    cr_assert_eq(account_init(&running.account, figures), 0);
    lua_State *L = account_new_state(&running.account);
    luaL_openlibs(L);
    chained_resume_install(L);
    running.line = line_of_mark(code);
    lua_sethook(L, on_line, LUA_MASKLINE, 0);
    cr_assert_eq(luaL_loadbuffer(L, code, strlen(code), running.name), LUA_OK, "%s",
                 lua_tostring(L, -1));
    cr_assert_eq(lua_pcall(L, 0, 0, 0), LUA_OK, "%s", lua_tostring(L, -1));
    cr_assert_gt(running.count, 0, "it stopped");
    if (after != NULL)
        after(L);
    lua_close(L);
    account_finish(&running.account);
    cJSON_Delete(running.answers);
    running.answers = NULL;
}

static void run_both(const char *code, void (*after)(lua_State *L)) {
    run(code, false, after);
    run(code, true, after);
}

void stopped_look(const char *code, stopped_test *look) {
    running.test = look;
    running.name = "@program.lua";
    run_both(code, NULL);
}

void stopped_evaluate(const char *code, stopped_test *evaluate, void (*after)(lua_State *L)) {
    running.test = evaluate;
    running.evaluates = true;
    running.name = "@program.lua";
    run_both(code, after);
}

int stopped_count(void) {
    return running.count;
}

/* As the server does. */
static cJSON *answer(const struct inspect_request *request, struct stop *stop,
                     const cJSON *arguments, struct inspect_problem *problem) {
    char flaw[CONTRACT_PROBLEM_BYTES];
    if (!contract_check(contract_find_request(request->command)->arguments, arguments, flaw))
        return inspect_refuse(problem, "%s", flaw);
    return request->answer(stop, arguments, problem);
}

/* What stands for a value's size is in every list (size_view.c). */
static void leave_out_size(cJSON *variables) {
    for (cJSON *item = variables != NULL ? variables->child : NULL, *next; item != NULL;
         item = next) {
        next = item->next;
        const cJSON *hint = cJSON_GetObjectItem(item, "presentationHint");
        if (cJSON_GetObjectItem(hint, "lazy") != NULL &&
            strcmp(cJSON_GetObjectItem(item, "name")->valuestring, "(size)") == 0)
            cJSON_Delete(cJSON_DetachItemViaPointer(variables, item));
    }
}

static cJSON *send(struct stop *stop, const char *command, char *arguments,
                   struct inspect_problem *problem) {
    const struct inspect_request *request = inspect_find(command);
    cr_assert_not_null(request, "there is no request %s", command);
    for (char *at = arguments; (at = strchr(at, '\'')) != NULL;)
        *at = '"';
    cJSON *parsed = cJSON_Parse(arguments);
    cr_assert_not_null(parsed, "%s", arguments);
    *problem = (struct inspect_problem){{0}};
    int top = lua_gettop(stop->L);
    cJSON *body = answer(request, stop, parsed, problem);
    bool first_evaluation = lua_gettop(stop->L) == top + 1 && running.evaluates;
    cr_assert(lua_gettop(stop->L) == top || first_evaluation);
    cr_assert_eq(body == NULL, problem->text[0] != '\0', "an answer or a problem");
    cJSON_Delete(parsed);
    leave_out_size(cJSON_GetObjectItem(body, "variables"));
    if (body != NULL)
        cJSON_AddItemToArray(running.answers, body);
    return body;
}

cJSON *ask(struct stop *stop, const char *command, const char *format, ...) {
    struct inspect_problem problem;
    char arguments[4096];
    va_list list;
    va_start(list, format);
    vsnprintf(arguments, sizeof arguments, format, list);
    va_end(list);
    cJSON *body = send(stop, command, arguments, &problem);
    cr_assert_not_null(body, "%s: %s", command, problem.text);
    return body;
}

const char *refusal(struct stop *stop, const char *command, const char *format, ...) {
    static struct inspect_problem problem;
    char arguments[4096];
    va_list list;
    va_start(list, format);
    vsnprintf(arguments, sizeof arguments, format, list);
    va_end(list);
    cr_assert_null(send(stop, command, arguments, &problem), "%s %s", command, arguments);
    return problem.text;
}

int frame_id(struct stop *stop, int level) {
    int thread = threads_of(&stop->account->threads, stop->L)->id;
    if (thread == 0)
        ask(stop, "threads", "{}");
    thread = threads_of(&stop->account->threads, stop->L)->id;
    cJSON *stack =
        ask(stop, "stackTrace", "{'threadId': %d, 'startFrame': %d, 'levels': 1}", thread, level);
    cJSON *frames = cJSON_GetObjectItem(stack, "stackFrames");
    cr_assert_eq(cJSON_GetArraySize(frames), 1, "there is no frame %d", level);
    return number(cJSON_GetArrayItem(frames, 0), "id");
}

cJSON *scope(struct stop *stop, int level, const char *name) {
    cJSON *body = ask(stop, "scopes", "{'frameId': %d}", frame_id(stop, level));
    const cJSON *found = named(cJSON_GetObjectItem(body, "scopes"), name);
    return found != NULL ? children(stop, found) : NULL;
}

cJSON *children(struct stop *stop, const cJSON *variable) {
    cr_assert_not_null(variable);
    cJSON *body = ask(stop, "variables", "{'variablesReference': %d}",
                      number(variable, "variablesReference"));
    return cJSON_GetObjectItem(body, "variables");
}

cJSON *named(const cJSON *variables, const char *name) {
    cJSON *item;
    cJSON_ArrayForEach(item, variables) {
        if (strcmp(text(item, "name"), name) == 0)
            return item;
    }
    return NULL;
}

const char *text(const cJSON *object, const char *member) {
    const char *found = cJSON_GetStringValue(cJSON_GetObjectItem(object, member));
    return found != NULL ? found : "(none)";
}

int number(const cJSON *object, const char *member) {
    const cJSON *found = cJSON_GetObjectItem(object, member);
    return cJSON_IsNumber(found) ? found->valueint : -1;
}

const char *names(const cJSON *variables) {
    const cJSON *item;
    running.text[0] = '\0';
    cJSON_ArrayForEach(item, variables) {
        if (running.text[0] != '\0')
            strcat(running.text, " ");
        strcat(running.text, text(item, "name"));
    }
    return running.text;
}

cJSON *evaluation(struct stop *stop, int level, const char *context, const char *expression) {
    struct inspect_problem problem = {{0}};
    cJSON *arguments = cJSON_CreateObject();
    cJSON_AddStringToObject(arguments, "expression", expression);
    cJSON_AddStringToObject(arguments, "context", context);
    cJSON_AddNumberToObject(arguments, "frameId", frame_id(stop, level));
    cJSON *body = inspect_find("evaluate")->answer(stop, arguments, &problem);
    cJSON_Delete(arguments);
    snprintf(running.text, sizeof running.text, "%s",
             body != NULL ? text(body, "result") : problem.text);
    if (body != NULL)
        cJSON_AddItemToArray(running.answers, body);
    return body;
}

const char *result(struct stop *stop, int level, const char *expression) {
    evaluation(stop, level, "repl", expression);
    return running.text;
}

const char *hovered(struct stop *stop, const char *expression) {
    evaluation(stop, 0, "hover", expression);
    return running.text;
}
