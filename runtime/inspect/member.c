/* SPDX-License-Identifier: MIT */
#include "member.h"

#include "attributes.h"
#include "constants.h"
#include "frames.h"
#include "lookup.h"
#include "stop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char shadowed[] = " (shadowed)";

struct search {
    struct stop *stop;
    const struct reference *reference;
    const char *name;
    struct value_path *path;
    enum declaration_attribute attribute;
};

static bool is_label(const char *label, const char *name, bool is_shadowed) {
    size_t size = strlen(name);
    return strncmp(label, name, size) == 0 &&
           strcmp(label + size, is_shadowed ? shadowed : "") == 0;
}

/* The innermost of those called so. */
static bool find_local(struct search *search) {
    struct frame frame;
    struct attributes attributes;
    const char *name;
    int found = 0;
    if (!frames_find(&search->stop->frames, search->reference->frame, &frame))
        return false;
    for (int n = 1; n <= DECLARATIONS_MOST && (name = lookup_local_name(&frame, n)) != NULL; n++) {
        bool hidden = *name != '(' && lookup_name(&frame, name, strlen(name)).n != n;
        if (is_label(search->name, name, hidden))
            found = n;
    }
    if (found == 0)
        return false;
    attributes_of_locals(&search->stop->text, &frame, &attributes);
    search->attribute = attributes.of[found - 1];
    *search->path =
        (struct value_path){.kind = VALUE_PATH_LOCAL, .of = search->reference->frame, .n = found};
    return true;
}

/* [n] */
static bool read_index(const char *name, long long *index) {
    char *end;
    if (*name != '[')
        return false;
    *index = strtoll(name + 1, &end, 10);
    return end != name + 1 && strcmp(end, "]") == 0;
}

static bool find_vararg(struct search *search) {
    struct frame frame;
    long long n;
    if (!frames_find(&search->stop->frames, search->reference->frame, &frame) ||
        !read_index(search->name, &n) || n < 1 || n > lookup_varargs(&frame))
        return false;
    *search->path =
        (struct value_path){.kind = VALUE_PATH_LOCAL, .of = search->reference->frame, .n = -(int)n};
    return true;
}

/* Of the function on top of the stack. */
static bool find_upvalue(struct search *search) {
    lua_State *L = search->stop->L;
    struct attributes attributes;
    const char *name;
    int number = 0;
    if (sscanf(search->name, "(upvalue %d)", &number) != 1)
        number = 0;
    for (int n = 1; n <= DECLARATIONS_MOST && (name = lua_getupvalue(L, -1, n)) != NULL; n++) {
        lua_pop(L, 1);
        if (n != number && (*name == '\0' || strcmp(name, search->name) != 0))
            continue;
        attributes_of_upvalues(&search->stop->text, L, &attributes);
        search->attribute = attributes.of[n - 1];
        *search->path =
            (struct value_path){.kind = VALUE_PATH_UPVALUE, .of = search->reference->path, .n = n};
        return true;
    }
    return false;
}

static bool find_user_value(struct search *search) {
    int n = 0;
    if (sscanf(search->name, "(user value %d)", &n) != 1 || n < 1)
        return false;
    *search->path =
        (struct value_path){.kind = VALUE_PATH_USER_VALUE, .of = search->reference->path, .n = n};
    return true;
}

/* Is this what a list calls the key on top of the stack? */
static bool is_called(lua_State *L, const char *name) {
    bool is_text = lua_type(L, -1) == LUA_TSTRING;
    if (*name != '[')
        return is_text && lua_rawlen(L, -1) == strlen(name) &&
               strcmp(lua_tostring(L, -1), name) == 0;
    if (is_text != (name[1] == '"'))
        return false;
    struct string_builder builder = {0};
    key_write_name(&builder, L, lua_gettop(L));
    bool same = strcmp(string_builder_text(&builder), name) == 0;
    string_builder_finish(&builder);
    return same;
}

/* Pushes the key of the table on top of the stack. */
static bool push_key(lua_State *L, const char *name) {
    int table = lua_gettop(L);
    long long index;
    struct key key;
    if (read_index(name, &index)) {
        key = key_of_integer(index);
        return key_push(L, table, &key);
    }
    if (*name != '[' && !key_is_name(name, strlen(name)))
        return false;
    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_pop(L, 1);
        if (is_called(L, name))
            return true;
    }
    return false;
}

/* Of the table on top of the stack. */
static bool find_entry(struct search *search) {
    lua_State *L = search->stop->L;
    if (!push_key(L, search->name))
        return false;
    *search->path = (struct value_path){
        .kind = VALUE_PATH_ENTRY, .of = search->reference->path, .key = key_of(L, -1)};
    lua_pop(L, 1);
    return true;
}

/* Of the value on top of the stack. */
static bool find_in_value(struct search *search) {
    switch (lua_type(search->stop->L, -1)) {
    case LUA_TTABLE:
        return find_entry(search);
    case LUA_TFUNCTION:
        return find_upvalue(search);
    case LUA_TUSERDATA:
        return find_user_value(search);
    default:
        return false;
    }
}

static bool find(struct search *search) {
    lua_State *L = search->stop->L;
    enum view view = search->reference->view;
    if (view == VIEW_LOCALS)
        return find_local(search);
    if (view == VIEW_VARARGS)
        return find_vararg(search);
    if (search->reference->path == 0 || view == VIEW_TOSTRING || view == VIEW_SIZE)
        return false;
    int height = lua_gettop(L);
    bool found =
        value_path_push(&search->stop->paths, search->reference->path) && find_in_value(search);
    lua_settop(L, height);
    return found;
}

static bool is_constant(const struct search *search) {
    struct frame frame;
    struct declarations_constants constants;
    if (search->reference->view != VIEW_LOCALS ||
        !frames_find(&search->stop->frames, search->reference->frame, &frame))
        return false;
    constants_find(&search->stop->text, &frame, &constants);
    return constants_named(&constants, search->name, strlen(search->name)) != NULL;
}

bool member_find(struct stop *stop, const struct reference *reference, const char *name,
                 bool writing, struct value_path *path, struct inspect_problem *problem) {
    struct search search = {.stop = stop, .reference = reference, .name = name, .path = path};
    bool found = find(&search);
    if (!found && writing && is_constant(&search)) {
        search.attribute = DECLARATION_CONST;
    } else if (!found) {
        inspect_refuse(problem, "there is no variable '%.200s' here that has a place of its own",
                       name);
        return false;
    }
    if (writing && search.attribute != DECLARATION_PLAIN) {
        inspect_refuse(problem, "'%.200s' is declared %s: it cannot be assigned to", name,
                       attributes_word(search.attribute));
        return false;
    }
    return true;
}
