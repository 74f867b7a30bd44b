/* SPDX-License-Identifier: MIT */
#include "breakpoint_options.h"

#include "release.h"

#include <errno.h>
#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the count of hits ---- */

static const char *skip_space(const char *at) {
    return at + strspn(at, " \t\n\v\f\r");
}

static enum hit_relation take_relation(const char **at) {
    /* Those that begin like another one come first. */
    static const struct {
        const char *text;
        enum hit_relation relation;
    } relations[] = {
        {"==", HIT_EQUAL}, {">=", HIT_AT_LEAST}, {"<=", HIT_AT_MOST},
        {">", HIT_MORE},   {"<", HIT_LESS},      {"%", HIT_MULTIPLE},
    };
    for (size_t i = 0; i < sizeof relations / sizeof relations[0]; i++) {
        size_t size = strlen(relations[i].text);
        if (strncmp(*at, relations[i].text, size) == 0) {
            *at += size;
            return relations[i].relation;
        }
    }
    return HIT_EQUAL;
}

bool hit_count_parse(struct hit_count *hit_count, const char *text) {
    *hit_count = (struct hit_count){HIT_ANY, 0};
    const char *at = skip_space(text != NULL ? text : "");
    if (*at == '\0')
        return true;
    hit_count->relation = take_relation(&at);
    at = skip_space(at);
    if (*at < '0' || *at > '9')
        return false;
    char *end;
    errno = 0;
    hit_count->number = strtoull(at, &end, 10);
    bool useful = hit_count->number > 0 || hit_count->relation != HIT_MULTIPLE;
    return errno == 0 && *skip_space(end) == '\0' && useful;
}

bool hit_count_holds(const struct hit_count *hit_count, uint64_t hits) {
    switch (hit_count->relation) {
    case HIT_EQUAL:
        return hits == hit_count->number;
    case HIT_MORE:
        return hits > hit_count->number;
    case HIT_AT_LEAST:
        return hits >= hit_count->number;
    case HIT_LESS:
        return hits < hit_count->number;
    case HIT_AT_MOST:
        return hits <= hit_count->number;
    case HIT_MULTIPLE:
        return hits % hit_count->number == 0;
    case HIT_ANY:
        break;
    }
    return true;
}

/* ---- all of them ---- */

void breakpoint_options_finish(struct breakpoint_options *options) {
    free(options->condition);
    free(options->hit_text);
    free(options->log_text);
    log_message_finish(&options->log);
    *options = (struct breakpoint_options){0};
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

static char *check_all(lua_State *L, const struct breakpoint_options *options) {
    char *problem = NULL;
    if (options->condition != NULL)
        problem = check_condition(L, options->condition);
    for (size_t i = 0; i < options->log.count && problem == NULL; i++)
        if (options->log.items[i].is_code)
            problem = check_code(L, "in the log message", options->log.items[i].text);
    return problem;
}

struct checking {
    const struct breakpoint_options *options;
    char *problem;
};

static int check(lua_State *L) {
    struct checking *checking = lua_touserdata(L, 1);
    checking->problem = check_all(L, checking->options);
    return 0;
}

static char *check_syntax(const struct breakpoint_options *options) {
    struct checking checking = {options, NULL};
    if (options->condition == NULL && options->log.count == 0)
        return NULL;
    if (release_try(NULL, NULL, check, &checking) != 0)
        return complain("the condition", "not enough memory");
    return checking.problem;
}

static bool parse_mode(enum breakpoint_mode *mode, const char *word) {
    static const char *const words[] = {[BREAKPOINT_STOP] = "stop",
                                        [BREAKPOINT_WINDOW_START] = "memory: start",
                                        [BREAKPOINT_WINDOW_STOP] = "memory: stop",
                                        [BREAKPOINT_WINDOW_LAP] = "memory: lap"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(word, words[i]) == 0) {
            *mode = (enum breakpoint_mode)i;
            return true;
        }
    return false;
}

char *breakpoint_options_read(struct breakpoint_options *options,
                              const struct breakpoint_options_asked *asked) {
    *options = (struct breakpoint_options){.condition = copy(asked->condition),
                                           .hit_text = copy(asked->hit_count),
                                           .log_text = copy(asked->log_message)};
    if (!is_blank(asked->mode) && !parse_mode(&options->mode, asked->mode))
        return complain("the mode is not known", asked->mode);
    if (!hit_count_parse(&options->hit_count, asked->hit_count))
        return complain("the hit count is not understood", "write N, ==N, >N, >=N, <N, <=N or %N");
    const char *problem = NULL;
    if (options->mode == BREAKPOINT_STOP && options->log_text != NULL)
        problem = log_message_parse(&options->log, options->log_text);
    return problem != NULL ? complain("in the log message", problem) : check_syntax(options);
}

static bool same(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

bool breakpoint_options_same(const struct breakpoint_options *a,
                             const struct breakpoint_options *b) {
    return a->mode == b->mode && same(a->condition, b->condition) &&
           same(a->hit_text, b->hit_text) && same(a->log_text, b->log_text);
}
