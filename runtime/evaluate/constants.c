/* SPDX-License-Identifier: MIT */
#include "constants.h"

#include "attributes.h"
#include "release.h"
#include "tokens.h"

#include <lauxlib.h>
#include <string.h>

/* Lua allows 200 locals, and the code has some of its own. */
enum { MOST_DECLARED = 150 };

const struct declarations_constant *constants_named(const struct declarations_constants *constants,
                                                    const char *name, size_t size) {
    for (int i = constants->count - 1; i >= 0; i--) {
        const struct declarations_constant *one = &constants->list[i];
        if (one->name_size == size && memcmp(one->name, name, size) == 0)
            return one;
    }
    return NULL;
}

static bool is_one_of(const struct token *token, const char *const *words) {
    while (*words != NULL && !token_is(token, *words))
        words++;
    return *words != NULL;
}

static bool is_atom(const struct token *token, const struct declarations_constants *known) {
    static const char *const words[] = {"nil", "true", "false", NULL};
    return token->kind == TOKEN_NUMBER || token->kind == TOKEN_STRING || is_one_of(token, words) ||
           (token->kind == TOKEN_NAME && constants_named(known, token->text, token->size) != NULL);
}

/* Would Lua's compiler compute it? What it computes are numbers; all else stands as it is. The
   names in it must be those of constants. */
static bool is_constant(const struct declarations_constant *one,
                        const struct declarations_constants *known) {
    static const char *const unary[] = {"-", "~", "not", NULL};
    static const char *const binary[] = {"+", "-", "*", "/",  "//", "%", "^",
                                         "&", "|", "~", "<<", ">>", NULL};
    if (memchr(one->value, '\n', one->value_size) != NULL ||
        memchr(one->value, '\0', one->value_size) != NULL)
        return false;
    struct tokens tokens;
    tokens_init_code(&tokens, one->value, one->value_size);
    bool operand = false;
    int brackets = 0;
    for (struct token token; (token = tokens_next(&tokens)).kind != TOKEN_END;) {
        if (operand && token_is(&token, ")") && brackets > 0)
            brackets--;
        else if (operand && is_one_of(&token, binary))
            operand = false;
        else if (!operand && token_is(&token, "("))
            brackets++;
        else if (!operand && is_atom(&token, known))
            operand = true;
        else if (operand || !is_one_of(&token, unary))
            return false;
    }
    return operand && brackets == 0;
}

void constants_find(struct chunk_text *text, struct frame *frame,
                    struct declarations_constants *constants) {
    int declared = attributes_constants(text, frame, constants) ? constants->count : 0;
    constants->count = 0;
    for (int i = 0; i < declared; i++) {
        struct declarations_constant one = constants->list[i];
        if (is_constant(&one, constants))
            constants->list[constants->count++] = one;
    }
}

void constants_declare(const struct declarations_constants *constants,
                       struct string_builder *builder) {
    int surplus = constants->count - MOST_DECLARED;
    for (int i = surplus > 0 ? surplus : 0; i < constants->count; i++) {
        const struct declarations_constant *one = &constants->list[i];
        string_builder_print(builder, "local %.*s <const> = ", (int)one->name_size, one->name);
        string_builder_print(builder, "%.*s ", (int)one->value_size, one->value);
    }
}

void constants_declare_at(struct chunk_text *text, struct frame *frame,
                          struct string_builder *builder) {
    struct declarations_constants constants;
    constants_find(text, frame, &constants);
    constants_declare(&constants, builder);
}

/* The value on top of the scratch state. */
static void push_copy(lua_State *L, lua_State *scratch) {
    if (lua_isinteger(scratch, -1))
        lua_pushinteger(L, lua_tointeger(scratch, -1));
    else if (lua_type(scratch, -1) == LUA_TNUMBER)
        lua_pushnumber(L, lua_tonumber(scratch, -1));
    else if (lua_type(scratch, -1) == LUA_TSTRING)
        lua_pushlstring(L, lua_tostring(scratch, -1), lua_rawlen(scratch, -1));
    else if (lua_isboolean(scratch, -1))
        lua_pushboolean(L, lua_toboolean(scratch, -1));
    else
        lua_pushnil(L);
}

struct computing {
    lua_State *L;
    const char *code;
    bool pushed;
};

static int compute(lua_State *scratch) {
    struct computing *computing = lua_touserdata(scratch, 1);
    if (luaL_dostring(scratch, computing->code) == LUA_OK) {
        push_copy(computing->L, scratch);
        computing->pushed = true;
    }
    return 0;
}

void constants_push(lua_State *L, const struct declarations_constants *constants,
                    const struct declarations_constant *constant) {
    struct string_builder builder = {0};
    constants_declare(constants, &builder);
    string_builder_print(&builder, "return %.*s", (int)constant->name_size, constant->name);
    struct computing computing = {.L = L, .code = string_builder_text(&builder)};
    release_try(NULL, NULL, compute, &computing);
    if (!computing.pushed)
        lua_pushnil(L);
    string_builder_finish(&builder);
}
