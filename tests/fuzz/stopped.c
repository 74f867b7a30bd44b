/* SPDX-License-Identifier: MIT */
/* A program that is stopped is asked whatever may be asked: each line of the input is
   `command arguments`, or an expression to hover over. Looking changes no byte of the program's
   heap; whatever is asked leaves its stack as it was, and answers or says what the problem is. */
#include "account.h"
#include "chained_resume.h"
#include "contract_check.h"
#include "fuzz.h"
#include "inspect.h"
#include "program.h"
#include "stop.h"

#include <assert.h>
#include <lauxlib.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>

static struct {
    struct account account;
    struct stop_history history;
    const char *text; /* what is asked; NUL-terminated */
} running;

static size_t bytes_in_use(lua_State *L) {
    return (size_t)lua_gc(L, LUA_GCCOUNT) * 1024 + (size_t)lua_gc(L, LUA_GCCOUNTB);
}

static void ask(struct stop *stop, const char *command, const cJSON *arguments) {
    struct inspect_problem problem = {{0}};
    const struct inspect_request *request = inspect_find(command);
    char flaw[CONTRACT_PROBLEM_BYTES];
    if (request == NULL ||
        !contract_check(contract_find_request(command)->arguments, arguments, flaw))
        return;
    cJSON *body = request->answer(stop, arguments, &problem);
    assert((body == NULL) == (problem.text[0] != '\0'));
    char *text = body != NULL ? cJSON_PrintUnformatted(body) : NULL;
    assert(body == NULL || text != NULL);
    free(text);
    cJSON_Delete(body);
}

static void hover(struct stop *stop, const char *expression, size_t size) {
    char *copy = strndup(expression, size);
    cJSON *arguments = cJSON_CreateObject();
    cJSON_AddStringToObject(arguments, "expression", copy);
    cJSON_AddStringToObject(arguments, "context", "hover");
    cJSON_AddNumberToObject(arguments, "frameId", stop->history->frames.last);
    size_t bytes = bytes_in_use(stop->L);
    ask(stop, "evaluate", arguments);
    assert(bytes_in_use(stop->L) == bytes);
    cJSON_Delete(arguments);
    free(copy);
}

static void ask_line(struct stop *stop, const char *line, size_t size) {
    const char *blank = memchr(line, ' ', size);
    char command[32] = "";
    if (blank != NULL && (size_t)(blank - line) < sizeof command)
        memcpy(command, line, (size_t)(blank - line));
    if (inspect_find(command) == NULL) {
        hover(stop, line, size);
        return;
    }
    cJSON *arguments = cJSON_ParseWithLength(blank, size - (size_t)(blank - line));
    if (cJSON_IsObject(arguments))
        ask(stop, command, arguments);
    cJSON_Delete(arguments);
}

/* Frames have numbers once somebody has asked for them. */
static void ask_frames(struct stop *stop) {
    for (int thread = 1; thread < 4; thread++) {
        cJSON *arguments = cJSON_CreateObject();
        cJSON_AddNumberToObject(arguments, "threadId", thread);
        ask(stop, "threads", arguments);
        ask(stop, "stackTrace", arguments);
        cJSON_Delete(arguments);
    }
}

static int stop_here(lua_State *L) {
    struct stop stop;
    int top = lua_gettop(L);
    stop_begin(&stop, &running.account, L, &running.history);
    ask_frames(&stop);
    for (const char *line = running.text; *line != '\0';) {
        size_t size = strcspn(line, "\n");
        ask_line(&stop, line, size);
        line += size + (line[size] == '\n');
    }
    stop_end(&stop);
    assert(lua_gettop(L) == top);
    return 0;
}

static void nothing(lua_State *L, lua_Debug *event) {
}

static void run(const char *text) {
    running.text = text;
    running.history = (struct stop_history){0};
    assert(account_init(&running.account, NULL) == 0);
    lua_State *L = account_new_state(&running.account);
    assert(L != NULL);
    program_open_libraries(L);
    chained_resume_install(L);
    lua_register(L, "stop", stop_here);
    lua_sethook(L, nothing, LUA_MASKCOUNT, 1 << 30);
    /* What was asked may have made the program fail, as its user wanted. */
    program_load(L);
    lua_pcall(L, 0, 0, 0);
    lua_close(L);
    account_finish(&running.account);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *text = malloc(size + 1);
    assert(text != NULL);
    memcpy(text, data, size);
    text[size] = '\0';
    run(text);
    free(text);
    return 0;
}
