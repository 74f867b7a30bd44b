/* SPDX-License-Identifier: MIT */
#include "attributes.h"

static struct declarations_function function_of(const lua_Debug *record) {
    bool main = *record->what == 'm';
    return (struct declarations_function){
        .first_line = main ? 0 : record->linedefined,
        .last_line = main ? 0 : record->lastlinedefined,
        .line = record->currentline,
    };
}

/* The names that stand in the text; positions[i] is the number of name i. */
static void names_of_locals(struct frame *frame, struct declarations_names *names, int *positions) {
    const char *name;
    for (int n = 1; n <= DECLARATIONS_MOST && (name = lookup_local_name(frame, n)) != NULL; n++) {
        if (*name == '(')
            continue;
        positions[names->count] = n;
        names->names[names->count++] = name;
    }
}

void attributes_of_locals(struct chunk_text *text, struct frame *frame,
                          struct attributes *attributes) {
    struct declarations_names names = {.count = 0};
    int positions[DECLARATIONS_MOST] = {0};
    size_t size;
    *attributes = (struct attributes){{DECLARATION_PLAIN}};
    lua_getinfo(frame->L, "Sl", &frame->record);
    const char *bytes = chunk_text_of(text, &frame->record, &size);
    if (bytes == NULL)
        return;
    names_of_locals(frame, &names, positions);
    struct declarations_function function = function_of(&frame->record);
    if (!declarations_of_locals(bytes, size, &function, &names))
        return;
    for (int i = 0; i < names.count; i++)
        attributes->of[positions[i] - 1] = names.attributes[i];
}

bool attributes_constants(struct chunk_text *text, struct frame *frame,
                          struct declarations_constants *constants) {
    struct declarations_names names = {.count = 0};
    int positions[DECLARATIONS_MOST];
    size_t size;
    lua_getinfo(frame->L, "Sl", &frame->record);
    const char *bytes = chunk_text_of(text, &frame->record, &size);
    if (bytes == NULL)
        return false;
    names_of_locals(frame, &names, positions);
    struct declarations_function function = function_of(&frame->record);
    return declarations_of_constants(bytes, size, &function, &names, constants);
}

static void names_of_upvalues(lua_State *L, struct declarations_names *names) {
    const char *name;
    while (names->count < DECLARATIONS_MOST &&
           (name = lua_getupvalue(L, -1, names->count + 1)) != NULL) {
        lua_pop(L, 1);
        names->names[names->count++] = name;
    }
}

void attributes_of_upvalues(struct chunk_text *text, lua_State *L, struct attributes *attributes) {
    struct declarations_names names = {.count = 0};
    lua_Debug record;
    size_t size;
    *attributes = (struct attributes){{DECLARATION_PLAIN}};
    lua_pushvalue(L, -1);
    lua_getinfo(L, ">S", &record);
    record.currentline = 0;
    const char *bytes = chunk_text_of(text, &record, &size);
    if (bytes == NULL)
        return;
    names_of_upvalues(L, &names);
    struct declarations_function function = function_of(&record);
    if (!declarations_of_upvalues(bytes, size, &function, &names))
        return;
    for (int i = 0; i < names.count; i++)
        attributes->of[i] = names.attributes[i];
}

enum declaration_attribute attributes_of(struct chunk_text *text, struct frame *frame,
                                         struct lookup found) {
    struct attributes attributes;
    if (found.n < 1 || found.n > DECLARATIONS_MOST)
        return DECLARATION_PLAIN;
    if (found.kind == LOOKUP_LOCAL) {
        attributes_of_locals(text, frame, &attributes);
    } else {
        lua_getinfo(frame->L, "f", &frame->record);
        attributes_of_upvalues(text, frame->L, &attributes);
        lua_pop(frame->L, 1);
    }
    return attributes.of[found.n - 1];
}

const char *attributes_word(enum declaration_attribute attribute) {
    static const char *const words[] = {"", "<const>", "<close>"};
    return words[attribute];
}
