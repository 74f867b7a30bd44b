/* SPDX-License-Identifier: MIT */
#include "lookup.h"

#include <string.h>

/* "(for state)" is none. */
bool lookup_is_temporary(const char *name) {
    if (name[0] != '(' || (name[1] != 't' && name[1] != 'C'))
        return false;
    return strcmp(name, "(temporary)") == 0 || strcmp(name, "(C temporary)") == 0;
}

const char *lookup_local_name(struct frame *frame, int n) {
    const char *name = lua_getlocal(frame->L, &frame->record, n);
    if (name == NULL)
        return NULL;
    lua_pop(frame->L, 1);
    return lookup_is_temporary(name) ? NULL : name;
}

static bool has_vararg(struct frame *frame, int n) {
    if (lua_getlocal(frame->L, &frame->record, -n) == NULL)
        return false;
    lua_pop(frame->L, 1);
    return true;
}

int lookup_varargs(struct frame *frame) {
    int exists = 0, missing = 1;
    while (has_vararg(frame, missing)) {
        exists = missing;
        missing *= 2;
    }
    while (missing - exists > 1) {
        int middle = exists + (missing - exists) / 2;
        if (has_vararg(frame, middle))
            exists = middle;
        else
            missing = middle;
    }
    return exists;
}

/* By hand, as names are short and mostly differ at once. */
static inline bool is_named(const char *candidate, const char *name, size_t size) {
    if (*candidate != *name)
        return false;
    size_t same = 1;
    while (same < size && candidate[same] == name[same])
        same++;
    return same == size && candidate[same] == '\0';
}

static const char env[] = "_ENV";

/* Where the name and _ENV are bound; 0: not. Both are found in one walk. */
struct binding {
    int name, environment;
};

static void note(struct binding *found, const char *candidate, int n, const char *name,
                 size_t size) {
    if (is_named(candidate, name, size))
        found->name = n;
    if (is_named(candidate, env, sizeof env - 1))
        found->environment = n;
}

/* From local n on. */
static struct binding find_locals(struct frame *frame, const char *name, size_t size, int n) {
    struct binding found = {0, 0};
    const char *candidate;
    for (; (candidate = lua_getlocal(frame->L, &frame->record, n)) != NULL; n++) {
        lua_pop(frame->L, 1);
        if (*candidate == '(' && lookup_is_temporary(candidate))
            break;
        note(&found, candidate, n, name, size);
    }
    return found;
}

/* Of the function on top of the frame's stack. */
static struct binding find_upvalues(struct frame *frame, const char *name, size_t size) {
    struct binding found = {0, 0};
    const char *candidate;
    for (int n = 1; (candidate = lua_getupvalue(frame->L, -1, n)) != NULL; n++) {
        lua_pop(frame->L, 1);
        note(&found, candidate, n, name, size);
    }
    return found;
}

struct lookup lookup_name(struct frame *frame, const char *name, size_t size) {
    if (size == 0 || memchr(name, '\0', size) != NULL || *name == '(')
        return (struct lookup){LOOKUP_NOTHING, 0};
    int n = find_locals(frame, name, size, 1).name;
    if (n > 0)
        return (struct lookup){LOOKUP_LOCAL, n};
    lua_getinfo(frame->L, "f", &frame->record);
    n = find_upvalues(frame, name, size).name;
    lua_pop(frame->L, 1);
    return (struct lookup){n > 0 ? LOOKUP_UPVALUE : LOOKUP_NOTHING, n};
}

void lookup_push(struct frame *frame, struct lookup found, lua_State *to) {
    if (found.kind == LOOKUP_LOCAL) {
        lua_getlocal(frame->L, &frame->record, found.n);
    } else {
        lua_getinfo(frame->L, "f", &frame->record);
        lua_getupvalue(frame->L, -1, found.n);
        lua_remove(frame->L, -2);
    }
    lua_xmove(frame->L, to, 1);
}

void lookup_assign(struct frame *frame, struct lookup found, lua_State *from) {
    lua_xmove(from, frame->L, 1);
    if (found.kind == LOOKUP_LOCAL) {
        lua_setlocal(frame->L, &frame->record, found.n);
        return;
    }
    lua_getinfo(frame->L, "f", &frame->record);
    lua_insert(frame->L, -2);
    lua_setupvalue(frame->L, -2, found.n);
    lua_pop(frame->L, 1);
}

void lookup_push_environment(struct frame *frame, lua_State *to) {
    struct lookup found = lookup_name(frame, env, sizeof env - 1);
    if (found.kind != LOOKUP_NOTHING)
        lookup_push(frame, found, to);
    else
        lua_rawgeti(to, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
}

int lookup_push_varargs(struct frame *frame, lua_State *to) {
    int count = lookup_varargs(frame);
    if (!lua_checkstack(to, count + LUA_MINSTACK))
        return -1;
    for (int n = 1; n <= count; n++)
        lookup_push(frame, (struct lookup){LOOKUP_LOCAL, -n}, to);
    return count;
}

/* Asking for local n costs n, and names are mostly where they were last time. If this one is, then
   only those behind it can hide it. */
static struct binding find_hinted(struct frame *frame, const char *name, size_t size, int *hint) {
    struct binding found = {0, 0};
    if (*hint > 0)
        found = find_locals(frame, name, size, *hint);
    if (found.name == 0 || found.name < *hint)
        found = find_locals(frame, name, size, 1);
    *hint = found.name;
    return found;
}

static void push_upvalue(struct frame *frame, int n, lua_State *to) {
    lua_getupvalue(frame->L, -1, n);
    lua_xmove(frame->L, to, 1);
}

bool lookup_push_name(struct frame *frame, const char *name, size_t size, int *hint,
                      lua_State *to) {
    struct binding local = find_hinted(frame, name, size, hint);
    if (local.name > 0) {
        lookup_push(frame, (struct lookup){LOOKUP_LOCAL, local.name}, to);
        return true;
    }
    lua_getinfo(frame->L, "f", &frame->record);
    struct binding upvalue = find_upvalues(frame, name, size);
    if (upvalue.name > 0)
        push_upvalue(frame, upvalue.name, to);
    else if (local.environment > 0)
        lookup_push(frame, (struct lookup){LOOKUP_LOCAL, local.environment}, to);
    else if (upvalue.environment > 0)
        push_upvalue(frame, upvalue.environment, to);
    else
        lua_rawgeti(to, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    lua_pop(frame->L, 1);
    return upvalue.name > 0;
}
