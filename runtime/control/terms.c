/* SPDX-License-Identifier: MIT */
#include "terms.h"

#include "release.h"

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void terms_finish(struct terms *terms) {
    free(terms->condition);
    free(terms->hit_text);
    free(terms->log_text);
    log_message_finish(&terms->log);
    *terms = (struct terms){0};
}

static bool is_blank(const char *text) {
    return text == NULL || text[strspn(text, " \t\r\n")] == '\0';
}

static char *copy(const char *text) {
    return is_blank(text) ? NULL : strdup(text);
}

static char *complain(const char *what, const char *why) {
    char *text;
    return asprintf(&text, "%s: %s", what, why) < 0 ? NULL : text;
}

/* Lua's message without the place, which would be that of a chunk the user does not know. */
static const char *without_place(const char *message) {
    const char *colon = strstr(message, ": ");
    return colon != NULL && strncmp(message, "code:", 5) == 0 ? colon + 2 : message;
}

/* NULL if it compiles between the two. */
static char *check_between(lua_State *L, const char *what, const char *before, const char *code,
                           const char *after) {
    lua_pushfstring(L, "%s%s%s", before, code, after);
    char *problem = NULL;
    if (luaL_loadbuffer(L, lua_tostring(L, -1), lua_rawlen(L, -1), "=code") != LUA_OK)
        problem = complain(what, without_place(lua_tostring(L, -1)));
    lua_settop(L, 0);
    return problem;
}

/* NULL if it is an expression, or a list of them. */
static char *check_code(lua_State *L, const char *what, const char *code) {
    return check_between(L, what, "return ", code, "\n");
}

/* One alone: "x > 4,5" is two, and surely meant otherwise. */
static char *check_condition(lua_State *L, const char *code) {
    static const char what[] = "in the condition";
    char *problem = check_code(L, what, code);
    return problem != NULL ? problem : check_between(L, what, "return (", code, "\n)");
}

static char *check_all(lua_State *L, const struct terms *terms) {
    char *problem = NULL;
    if (terms->condition != NULL)
        problem = check_condition(L, terms->condition);
    for (size_t i = 0; i < terms->log.count && problem == NULL; i++)
        if (terms->log.items[i].is_code)
            problem = check_code(L, "in the log message", terms->log.items[i].text);
    return problem;
}

struct checking {
    const struct terms *terms;
    char *problem;
};

static int check(lua_State *L) {
    struct checking *checking = lua_touserdata(L, 1);
    checking->problem = check_all(L, checking->terms);
    return 0;
}

static char *check_syntax(const struct terms *terms) {
    struct checking checking = {terms, NULL};
    if (terms->condition == NULL && terms->log.count == 0)
        return NULL;
    if (release_try(NULL, NULL, check, &checking) != 0)
        return complain("the condition", "not enough memory");
    return checking.problem;
}

static bool parse_mode(enum terms_mode *mode, const char *word) {
    static const char *const words[] = {[TERMS_STOP] = "stop",
                                        [TERMS_WINDOW_START] = "memory: start",
                                        [TERMS_WINDOW_STOP] = "memory: stop",
                                        [TERMS_WINDOW_LAP] = "memory: lap"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(word, words[i]) == 0) {
            *mode = (enum terms_mode)i;
            return true;
        }
    return false;
}

char *terms_read(struct terms *terms, const struct terms_asked *asked) {
    *terms = (struct terms){.condition = copy(asked->condition),
                            .hit_text = copy(asked->hit_count),
                            .log_text = copy(asked->log_message)};
    if (!is_blank(asked->mode) && !parse_mode(&terms->mode, asked->mode))
        return complain("the mode is not known", asked->mode);
    if (!hit_count_parse(&terms->hit_count, asked->hit_count))
        return complain("the hit count is not understood", "write N, ==N, >N, >=N, <N, <=N or %N");
    const char *problem = NULL;
    if (terms->mode == TERMS_STOP && terms->log_text != NULL)
        problem = log_message_parse(&terms->log, terms->log_text);
    return problem != NULL ? complain("in the log message", problem) : check_syntax(terms);
}

static bool same(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

bool terms_same(const struct terms *a, const struct terms *b) {
    return a->mode == b->mode && same(a->condition, b->condition) &&
           same(a->hit_text, b->hit_text) && same(a->log_text, b->log_text);
}
