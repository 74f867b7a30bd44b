/* SPDX-License-Identifier: MIT */
#include "code.h"

#include "declarations.h"
#include "environment.h"
#include "lookup.h"
#include "tokens.h"
#include "value.h"

#include <string.h>

static const char env[] = "_ENV";

/* ---- compiling ---- */

struct renaming {
    struct string_builder *builder;
    const char *at; /* behind what has been copied */
};

static void rename_use(void *data, const char *at) {
    struct renaming *renaming = data;
    string_builder_print(renaming->builder, "%.*s" ENVIRONMENT_OWN, (int)(at - renaming->at),
                         renaming->at);
    renaming->at = at + strlen(env);
}

/* The text itself or, put into the builder, with the other name of _ENV. */
static const char *rename_environment(struct string_builder *builder, const char *text) {
    struct renaming renaming = {builder, text};
    if (strstr(text, env) == NULL)
        return text;
    declarations_uses(text, strlen(text), env, rename_use, &renaming);
    string_builder_print(builder, "%s", renaming.at);
    return string_builder_text(builder);
}

/* lua_Reader's data: texts, one after the other; an empty one would be the end. */
struct pieces {
    const char *texts[5];
    int next;
};

static const char *read_piece(lua_State *L, void *data, size_t *size) {
    struct pieces *pieces = data;
    const char *text = pieces->texts[pieces->next++];
    (void)L;
    *size = text != NULL ? strlen(text) : 0;
    return text;
}

int code_load(lua_State *L, const struct code *code) {
    struct string_builder name = {0}, renamed = {0};
    struct pieces pieces = {0};
    int count = 0;
    const char *texts[] = {code->constants, code->beginning,
                           rename_environment(&renamed, code->text), code->end};
    for (int i = 0; i < 4; i++)
        if (texts[i] != NULL && *texts[i] != '\0')
            pieces.texts[count++] = texts[i];
    string_builder_print(&name, "=%s", code->chunk);
    int status = lua_load(L, read_piece, &pieces, string_builder_text(&name), "t");
    string_builder_finish(&name);
    string_builder_finish(&renamed);
    return status;
}

bool code_uses(const char *text, const char *word) {
    struct tokens tokens;
    struct token token;
    tokens_init_code(&tokens, text, strlen(text));
    do {
        token = tokens_next(&tokens);
        if (token_is(&token, word))
            return true;
    } while (token.kind != TOKEN_END && token.kind != TOKEN_UNFINISHED);
    return false;
}

/* ---- errors ---- */

static const char global[] = "global '";

/* Where a message says what a name is: at its end, or (a call, in Lua 5.4.3) in front. NULL: it
   does not. */
static const char *find_global(const char *message) {
    const char *found = strstr(message, "(global '");
    if (found != NULL)
        return found + 1;
    found = strstr(message, global);
    return found != NULL && strstr(found, "' is not callable (") != NULL ? found : NULL;
}

/* Lua takes all names of the code for globals. */
static void write_message(struct string_builder *builder, struct frame *frame,
                          const char *message) {
    static const char *const kinds[] = {
        [LOOKUP_NOTHING] = "global", [LOOKUP_LOCAL] = "local", [LOOKUP_UPVALUE] = "upvalue"};
    const char *found = find_global(message);
    if (found == NULL) {
        string_builder_print(builder, "%s", message);
        return;
    }
    const char *name = found + strlen(global), *behind = name + strcspn(name, "'");
    size_t size = (size_t)(behind - name);
    struct lookup lookup = {LOOKUP_NOTHING, 0};
    if (size == strlen(ENVIRONMENT_OWN) && strncmp(name, ENVIRONMENT_OWN, size) == 0) {
        name = env;
        size = strlen(env);
    }
    if (frame != NULL)
        lookup = lookup_name(frame, name, size);
    string_builder_print(builder, "%.*s%s '%.*s%s", (int)(found - message), message,
                         kinds[lookup.kind], (int)size, name, behind);
}

/* Behind "chunk:1: ", which may stand there twice: coroutine.wrap adds it again. */
static const char *skip_place(const char *message, const char *chunk) {
    size_t size = strlen(chunk);
    while (strncmp(message, chunk, size) == 0 && strncmp(message + size, ":1: ", 4) == 0)
        message += size + 4;
    return message;
}

void code_write_error(struct string_builder *builder, const struct code *code, bool placed,
                      struct frame *frame, const struct coroutines *coroutines, lua_State *L) {
    struct string_builder message = {0};
    const struct value_style style = {.whole = false};
    size_t size;
    if (lua_type(L, -1) != LUA_TSTRING) {
        value_write(builder, coroutines, L, -1, &style);
        return;
    }
    const char *bytes = lua_tolstring(L, -1, &size);
    string_builder_excerpt(&message, bytes, size, STRING_BUILDER_MESSAGE_BYTES);
    const char *text = string_builder_text(&message), *behind = skip_place(text, code->chunk);
    size_t chunk = strlen(code->chunk);
    bool own = behind != text || (strncmp(text, code->chunk, chunk) == 0 && text[chunk] == ':');
    if (own)
        write_message(builder, frame, placed ? text : behind);
    else
        string_builder_print(builder, "%s", text);
    string_builder_finish(&message);
}
