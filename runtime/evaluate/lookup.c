/* SPDX-License-Identifier: MIT */
#include "lookup.h"

#include <string.h>

bool lookup_is_temporary(const char *name) {
    return *name == '(' && (strcmp(name, "(temporary)") == 0 || strcmp(name, "(C temporary)") == 0);
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

static bool is_named(const char *candidate, const char *name, size_t size) {
    return strncmp(candidate, name, size) == 0 && candidate[size] == '\0';
}

static int find_local(struct frame *frame, const char *name, size_t size) {
    int found = 0;
    const char *candidate;
    for (int n = 1; (candidate = lookup_local_name(frame, n)) != NULL; n++)
        if (is_named(candidate, name, size))
            found = n;
    return found;
}

static int find_upvalue(struct frame *frame, const char *name, size_t size) {
    int found = 0;
    const char *candidate;
    lua_getinfo(frame->L, "f", &frame->record);
    for (int n = 1; found == 0 && (candidate = lua_getupvalue(frame->L, -1, n)) != NULL; n++) {
        lua_pop(frame->L, 1);
        if (is_named(candidate, name, size))
            found = n;
    }
    lua_pop(frame->L, 1);
    return found;
}

struct lookup lookup_name(struct frame *frame, const char *name, size_t size) {
    if (size == 0 || memchr(name, '\0', size) != NULL || *name == '(')
        return (struct lookup){LOOKUP_NOTHING, 0};
    int n = find_local(frame, name, size);
    if (n > 0)
        return (struct lookup){LOOKUP_LOCAL, n};
    n = find_upvalue(frame, name, size);
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
