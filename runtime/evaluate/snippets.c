/* SPDX-License-Identifier: MIT */
#include "snippets.h"

#include "attributes.h"
#include "collector.h"
#include "constants.h"
#include "environment.h"
#include "stop.h"
#include "value.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    HOOK_COUNT = 10000,     /* instructions between two looks at the clock */
    MOST_VALUES = 20,       /* shown of one expression */
    LOGGED_BYTES = 1 << 20, /* of a string */
    TABLE = SNIPPETS_TABLE,
    ENVIRONMENT = 1, /* in the table; code n is at n + 1 */
};

#define CHUNK "breakpoint"

/* Their addresses are keys in the registry: of the coroutine, and of the way back to us. */
static const char coroutine_key = 0, owner_key = 0;

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

void snippets_check_time(struct snippets *snippets, lua_State *L) {
    if (!snippets->evaluating)
        return;
    int64_t time = now();
    if (snippets->deadline == 0)
        snippets->deadline = time + SNIPPETS_LIMIT_MS * INT64_C(1000000);
    if (time < snippets->deadline)
        return;
    snippets->overdue = true;
    if (L == snippets->co)
        lua_sethook(L, lua_gethook(L), LUA_MASKCOUNT, 1); /* whoever catches this gets it again */
    luaL_error(L, "it takes longer than %d s", SNIPPETS_LIMIT_MS / 1000);
}

/* Of the coroutine, or of one that the code has made: they inherit it. */
static void on_count(lua_State *L, lua_Debug *event) {
    (void)event;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &owner_key);
    struct snippets *snippets = lua_touserdata(L, -1);
    lua_pop(L, 1);
    snippets_check_time(snippets, L);
}

static bool is(const char *candidate, const char *name) {
    return *candidate == *name && strcmp(candidate, name) == 0;
}

/* Where the two names are bound, in one walk; 0: not. */
struct binding {
    int name, environment;
};

/* From local n on. */
static struct binding find_locals(struct frame *frame, const char *name, int n) {
    struct binding found = {0, 0};
    const char *candidate;
    for (; (candidate = lua_getlocal(frame->L, &frame->record, n)) != NULL; n++) {
        lua_pop(frame->L, 1);
        if (lookup_is_temporary(candidate))
            break;
        if (is(candidate, name))
            found.name = n;
        if (*candidate == '_' && strcmp(candidate, "_ENV") == 0)
            found.environment = n;
    }
    return found;
}

/* Asking for local n costs n, and names are mostly where they were last time. If this one is, then
   only those behind it can hide it. */
static struct binding find_local(struct snippets *snippets, const char *name) {
    struct frame *frame = &snippets->frame;
    uintptr_t address = (uintptr_t)name; /* a constant of the code: mostly the same each time */
    int *hint = &snippets->hints[(address >> 4 ^ address >> 8) % SNIPPETS_HINTS];
    struct binding found = {0, 0};
    if (*hint > 0)
        found = find_locals(frame, name, *hint);
    if (found.name == 0 || found.name < *hint)
        found = find_locals(frame, name, 1);
    *hint = found.name;
    return found;
}

/* The function is on top of the frame's stack. */
static struct binding find_upvalues(struct frame *frame, const char *name) {
    struct binding found = {0, 0};
    const char *candidate;
    for (int n = 1; (candidate = lua_getupvalue(frame->L, -1, n)) != NULL; n++) {
        lua_pop(frame->L, 1);
        if (is(candidate, name))
            found.name = n;
        if (*candidate == '_' && strcmp(candidate, "_ENV") == 0)
            found.environment = n;
    }
    return found;
}

static void push_local(struct frame *frame, int n, lua_State *to) {
    lua_getlocal(frame->L, &frame->record, n);
    lua_xmove(frame->L, to, 1);
}

static void push_upvalue(struct frame *frame, int n, lua_State *to) {
    lua_getupvalue(frame->L, -1, n);
    lua_xmove(frame->L, to, 1);
}

/* Pushes on `to` the variable (returns true), or else the table whose field the name is. */
static bool push_bound(struct snippets *snippets, const char *name, lua_State *to) {
    struct frame *frame = &snippets->frame;
    struct binding local = find_local(snippets, name);
    if (local.name > 0) {
        push_local(frame, local.name, to);
        return true;
    }
    lua_getinfo(frame->L, "f", &frame->record);
    struct binding upvalue = find_upvalues(frame, name);
    if (upvalue.name > 0)
        push_upvalue(frame, upvalue.name, to);
    else if (local.environment > 0)
        push_local(frame, local.environment, to);
    else if (upvalue.environment > 0)
        push_upvalue(frame, upvalue.environment, to);
    else
        lua_pushglobaltable(to);
    lua_pop(frame->L, 1);
    return upvalue.name > 0;
}

/* What the name at index 2 is in the environment. */
static int push_field(lua_State *L) {
    lua_pushvalue(L, 2);
    lua_gettable(L, -2);
    return 1;
}

/* A function that the code has made, and that is called later, sees the globals. */
static int index_name(lua_State *L) {
    struct snippets *snippets = lua_touserdata(L, lua_upvalueindex(1));
    struct frame *frame = snippets->evaluating ? &snippets->frame : NULL;
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : NULL;
    if (name != NULL && environment_push_reserved(L, frame, name))
        return 1;
    if (frame == NULL || name == NULL)
        lua_pushglobaltable(L);
    else if (push_bound(snippets, name, L))
        return 1;
    return push_field(L);
}

/* What the name at index 2 means, the value at index 3 is assigned to. False: it means nothing. */
static bool assign_bound(lua_State *L, struct snippets *snippets) {
    size_t size;
    const char *name = lua_tolstring(L, 2, &size);
    struct lookup found = environment_find(&snippets->frame, name, size);
    if (found.kind == LOOKUP_NOTHING) {
        environment_check_assigned(L, name);
        return false;
    }
    struct chunk_text text;
    chunk_text_init(&text, &snippets->account->chunks);
    bool plain = attributes_of(&text, &snippets->frame, found) == DECLARATION_PLAIN;
    chunk_text_finish(&text);
    if (!plain)
        environment_refuse(L, name);
    lookup_assign(&snippets->frame, found, L);
    return true;
}

static int assign_name(lua_State *L) {
    struct snippets *snippets = lua_touserdata(L, lua_upvalueindex(1));
    if (snippets->evaluating && lua_type(L, 2) == LUA_TSTRING && assign_bound(L, snippets))
        return 0;
    environment_push_own(L, snippets->evaluating ? &snippets->frame : NULL);
    lua_replace(L, 1);
    lua_settable(L, 1);
    return 0;
}

static void push_metamethod(lua_State *L, struct snippets *snippets, const char *name,
                            lua_CFunction function) {
    lua_pushlightuserdata(L, snippets);
    lua_pushcclosure(L, function, 1);
    lua_setfield(L, -2, name);
}

static int open(lua_State *L) {
    struct snippets *snippets = lua_touserdata(L, 1);
    lua_State *co = lua_newthread(L);
    struct thread *thread = threads_of(&snippets->account->threads, co);
    if (thread != NULL)
        thread->hidden = true;
    lua_sethook(co, on_count, LUA_MASKCOUNT, HOOK_COUNT);
    lua_newtable(L); /* the table */
    lua_newtable(L); /* the environment */
    lua_newtable(L); /* its metatable */
    push_metamethod(L, snippets, "__index", index_name);
    push_metamethod(L, snippets, "__newindex", assign_name);
    lua_setmetatable(L, -2);
    lua_rawseti(L, -2, ENVIRONMENT);
    luaL_checkstack(co, 2 * LUA_MINSTACK, NULL);
    lua_xmove(L, co, 1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &coroutine_key);
    lua_pushlightuserdata(L, snippets);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &owner_key);
    snippets->co = co;
    return 0;
}

static int64_t bytes_in_use(lua_State *L) {
    return (int64_t)lua_gc(L, LUA_GCCOUNT) * 1024 + lua_gc(L, LUA_GCCOUNTB);
}

/* What we allocate shall not bring the collector's next step nearer. The coroutine is among the
   running threads, so that a finalizer that it sets off is found. */
void snippets_begin_work(struct snippets *snippets, lua_State *L) {
    snippets->before = account_begin_work(snippets->account, L);
    if (snippets->co != NULL)
        threads_enter(&snippets->account->threads, L, snippets->co);
    snippets->owed_bytes -= bytes_in_use(L);
}

void snippets_end_work(struct snippets *snippets, lua_State *L) {
    snippets->owed_bytes += bytes_in_use(L);
    threads_leave(&snippets->account->threads, L);
    account_end_work(snippets->account, snippets->before);
    if (snippets->owed_bytes < 0) /* the collector has run */
        snippets->owed_bytes = 0;
    if (snippets->owed_bytes >= 1024)
        snippets->owed_bytes -= collector_lower_debt(L, snippets->owed_bytes);
}

lua_State *snippets_open(struct snippets *snippets, lua_State *L) {
    if (snippets->co != NULL)
        return snippets->co;
    snippets->account = account_of(L);
    snippets_begin_work(snippets, L);
    lua_pushcfunction(L, open);
    lua_pushlightuserdata(L, snippets);
    if (lua_pcall(L, 1, 0, 0) != LUA_OK)
        lua_pop(L, 1);
    snippets_end_work(snippets, L);
    return snippets->co;
}

/* The chunk ends with a line end, as the expression may end with a comment. */
struct pieces {
    const char *texts[4];
    int next;
};

static const char *read_piece(lua_State *L, void *data, size_t *size) {
    struct pieces *pieces = data;
    const char *text = pieces->next < 4 ? pieces->texts[pieces->next++] : NULL;
    *size = text != NULL ? strlen(text) : 0;
    return text;
}

static int keep(lua_State *co) {
    struct pieces *pieces = lua_touserdata(co, 2);
    int n = (int)lua_tointeger(co, 3);
    if (lua_load(co, read_piece, pieces, "=" CHUNK, "t") != LUA_OK)
        return lua_error(co);
    lua_rawgeti(co, 1, ENVIRONMENT);
    if (lua_setupvalue(co, -2, 1) == NULL)
        lua_pop(co, 1);
    lua_rawseti(co, 1, n);
    return 0;
}

/* Statements that declare the constants in scope at the event. */
static void declare_constants(const struct snippets *snippets, lua_State *L, const lua_Debug *event,
                              struct string_builder *builder) {
    struct chunk_text text;
    struct frame frame = {.L = L, .record = *event};
    struct declarations_constants constants;
    if (!lua_checkstack(L, 2))
        return;
    chunk_text_init(&text, &snippets->account->chunks);
    constants_find(&text, &frame, &constants);
    constants_declare(&constants, builder);
    chunk_text_finish(&text);
}

static int keep_after(struct snippets *snippets, lua_State *L, const lua_Debug *event,
                      const char *beginning, const char *expression) {
    lua_State *co = snippets_open(snippets, L);
    struct string_builder constants = {0}, code = {0};
    if (co == NULL)
        return 0;
    declare_constants(snippets, L, event, &constants);
    string_builder_print(&constants, " "); /* an empty piece would be the end of the code */
    struct pieces pieces = {
        {string_builder_text(&constants), beginning, environment_code(&code, expression), "\n"}, 0};
    snippets_begin_work(snippets, L);
    lua_pushcfunction(co, keep);
    lua_pushvalue(co, TABLE);
    lua_pushlightuserdata(co, &pieces);
    lua_pushinteger(co, ENVIRONMENT + snippets->count + 1);
    bool kept = lua_pcall(co, 3, 0, 0) == LUA_OK;
    lua_settop(co, TABLE);
    snippets_end_work(snippets, L);
    string_builder_finish(&constants);
    string_builder_finish(&code);
    return kept ? ++snippets->count : 0;
}

int snippets_keep(struct snippets *snippets, lua_State *L, const lua_Debug *event,
                  const char *expression) {
    return keep_after(snippets, L, event, "return ", expression);
}

int snippets_keep_for_error(struct snippets *snippets, lua_State *L, const lua_Debug *event,
                            const char *expression) {
    return keep_after(snippets, L, event, "local err <const> = ...; return ", expression);
}

void snippets_clear(struct snippets *snippets) {
    for (; snippets->count > 0; snippets->count--) {
        lua_pushnil(snippets->co);
        lua_rawseti(snippets->co, TABLE, ENVIRONMENT + snippets->count);
    }
    snippets->version++;
}

/* Coroutines that the code has made have the hook of ours for their raw one: at their next resume
   the hook is to look again. */
static void mark_born(struct threads *threads, const lua_State *L, unsigned born) {
    struct thread *thread = threads->last;
    const struct thread *maker = threads_of(threads, L);
    for (; thread != NULL && born != threads->born; born++, thread = thread->previous)
        if (maker != NULL)
            threads_continue(threads, thread, maker);
}

/* The arguments are above the table. Whether it worked; the results, or the error, are there then.
 */
static bool run(struct snippets *snippets, lua_State *L, const lua_Debug *event, int code,
                int results) {
    lua_State *co = snippets->co;
    struct threads *threads = &snippets->account->threads;
    size_t running = threads->running;
    unsigned born = threads->born;
    snippets->frame.L = L;
    snippets->frame.record = *event;
    snippets->evaluating = true;
    snippets->deadline = 0;
    int arguments = lua_gettop(co) - TABLE;
    lua_rawgeti(co, TABLE, ENVIRONMENT + code);
    lua_insert(co, TABLE + 1);
    bool good = lua_pcall(co, arguments, results, 0) == LUA_OK;
    snippets->evaluating = false;
    threads->running = running; /* it may have resumed coroutines, and left them by an error */
    if (threads->born != born)
        mark_born(threads, L, born);
    if (snippets->overdue)
        lua_sethook(co, on_count, LUA_MASKCOUNT, HOOK_COUNT);
    return good && !snippets->overdue;
}

/* Without the place in our chunk. */
static void write_error(struct string_builder *builder, const struct snippets *snippets) {
    lua_State *co = snippets->co;
    struct frame frame = snippets->frame;
    struct string_builder message = {0};
    size_t size, skipped = strlen(CHUNK ":1: ");
    const char *text = lua_type(co, -1) == LUA_TSTRING ? lua_tolstring(co, -1, &size) : NULL;
    if (text == NULL) {
        string_builder_print(builder, "an error object (%s)", luaL_typename(co, -1));
    } else if (strncmp(text, CHUNK ":1: ", skipped) == 0) {
        string_builder_excerpt(&message, text + skipped, size - skipped,
                               STRING_BUILDER_MESSAGE_BYTES);
        environment_write_error(builder, &frame, string_builder_text(&message));
    } else {
        string_builder_excerpt(builder, text, size, STRING_BUILDER_MESSAGE_BYTES);
    }
    string_builder_finish(&message);
}

static void note_error(const struct snippets *snippets, struct string_builder *builder) {
    if (snippets->overdue)
        string_builder_print(builder, "it takes longer than %d s", SNIPPETS_LIMIT_MS / 1000);
    else
        write_error(builder, snippets);
}

/* The arguments are above the table. */
static enum snippet_outcome test(struct snippets *snippets, lua_State *L, const lua_Debug *event,
                                 int code, struct string_builder *builder) {
    lua_State *co = snippets->co;
    snippets_begin_work(snippets, L);
    snippets->overdue = false;
    enum snippet_outcome outcome = SNIPPET_ERROR;
    if (run(snippets, L, event, code, 1))
        outcome = lua_toboolean(co, -1) ? SNIPPET_TRUE : SNIPPET_FALSE;
    else
        note_error(snippets, builder);
    lua_settop(co, TABLE);
    snippets_end_work(snippets, L);
    return outcome;
}

enum snippet_outcome snippets_test(struct snippets *snippets, lua_State *L, const lua_Debug *event,
                                   int code, struct string_builder *builder) {
    return test(snippets, L, event, code, builder);
}

enum snippet_outcome snippets_test_error(struct snippets *snippets, lua_State *L,
                                         const lua_Debug *event, int code, lua_State *from,
                                         struct string_builder *builder) {
    lua_xmove(from, snippets->co, 1);
    return test(snippets, L, event, code, builder);
}

/* As print does, but nothing of the program runs: no __tostring, no __name. */
static void write_values(struct snippets *snippets, lua_State *L, struct string_builder *builder) {
    const struct coroutines coroutines = {&snippets->account->threads, L};
    const struct value_style style = {.whole = false};
    lua_State *co = snippets->co;
    int count = lua_gettop(co) - TABLE;
    int shown = 0;
    while (shown < count && shown < MOST_VALUES && builder->size <= LOGGED_BYTES) {
        int i = ++shown;
        string_builder_print(builder, i > 1 ? ", " : "");
        if (lua_type(co, TABLE + i) == LUA_TSTRING)
            string_builder_excerpt(builder, lua_tostring(co, TABLE + i), lua_rawlen(co, TABLE + i),
                                   LOGGED_BYTES);
        else
            value_write(builder, &coroutines, co, TABLE + i, &style);
    }
    string_builder_print(builder, count == 0 ? "nothing" : count > shown ? ", …" : "");
}

bool snippets_print(struct snippets *snippets, lua_State *L, const lua_Debug *event, int code,
                    struct string_builder *builder) {
    snippets_begin_work(snippets, L);
    snippets->overdue = false;
    bool good = run(snippets, L, event, code, LUA_MULTRET);
    if (good && !lua_checkstack(snippets->co, VALUE_SLOTS))
        string_builder_print(builder, "too many values");
    else if (good)
        write_values(snippets, L, builder);
    else
        note_error(snippets, builder);
    lua_settop(snippets->co, TABLE);
    snippets_end_work(snippets, L);
    return good;
}
