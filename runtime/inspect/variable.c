/* SPDX-License-Identifier: MIT */
#include "variable.h"

#include "attributes.h"
#include "bytes.h"
#include "inspect.h"
#include "stop.h"

#include <string.h>

static bool is_lua_function(lua_State *L) {
    return lua_isfunction(L, -1) && !lua_iscfunction(L, -1);
}

static bool has_bytes(lua_State *L) {
    return lua_type(L, -1) == LUA_TSTRING || lua_type(L, -1) == LUA_TUSERDATA;
}

bool variable_is_referred_to(lua_State *L) {
    return value_has_children(L, -1) || is_lua_function(L) || has_bytes(L);
}

static int refer(struct stop *stop, const struct variable *variable) {
    if (variable->path == NULL || !variable_is_referred_to(stop->L))
        return 0;
    int path = value_path_add(&stop->paths, variable->path);
    struct reference reference = {.view = VIEW_VALUE,
                                  .frame = variable->frame,
                                  .path = path,
                                  .expression = variable->expression};
    return path != 0 ? reference_add(&stop->references, &reference) : 0;
}

/* A client asks for the named children only if there are some. How many is not known without a
   walk: one stands for any. */
static void add_counts(cJSON *object, lua_State *L) {
    lua_Unsigned items = lua_istable(L, -1) ? lua_rawlen(L, -1) : 0;
    if (items <= VARIABLE_PAGE)
        return;
    cJSON_AddNumberToObject(object, "indexedVariables", items < INT32_MAX ? (int)items : INT32_MAX);
    cJSON_AddNumberToObject(object, "namedVariables", 1);
}

static void add_references(struct stop *stop, cJSON *object, const struct variable *variable) {
    lua_State *L = stop->L;
    int reference = refer(stop, variable);
    bool unfolds = value_has_children(L, -1);
    cJSON_AddNumberToObject(object, "variablesReference", unfolds ? reference : 0);
    if (reference != 0 && has_bytes(L))
        bytes_add_reference(object, reference);
    if (reference != 0 && is_lua_function(L))
        cJSON_AddNumberToObject(object, "valueLocationReference", reference);
}

static void add_type(cJSON *object, lua_State *L, enum declaration_attribute attribute) {
    struct string_builder builder = {0};
    string_builder_print(&builder, "%s", value_type(L, -1));
    if (attribute != DECLARATION_PLAIN)
        string_builder_print(&builder, " %s", attributes_word(attribute));
    cJSON_AddStringToObject(object, "type", string_builder_text(&builder));
    string_builder_finish(&builder);
}

void variable_write_value(struct string_builder *builder, const struct stop *stop,
                          const struct value_style *style) {
    bool coloured = stop->ansi && style->console && !style->whole;
    if (coloured)
        value_write_coloured(builder, &stop->coroutines, stop->L, -1, style);
    else
        value_write(builder, &stop->coroutines, stop->L, -1, style);
}

void variable_describe(struct stop *stop, cJSON *object, const char *member,
                       const struct variable *variable, const struct value_style *style) {
    struct string_builder builder = {0};
    variable_write_value(&builder, stop, style);
    cJSON_AddStringToObject(object, member, string_builder_text(&builder));
    string_builder_finish(&builder);
    add_type(object, stop->L, variable->attribute);
    add_references(stop, object, variable);
    add_counts(object, stop->L);
}

static void add_hint(cJSON *object, const struct variable *variable) {
    if (variable->hint == NULL && variable->attribute == DECLARATION_PLAIN)
        return;
    cJSON *hint = cJSON_AddObjectToObject(object, "presentationHint");
    if (variable->hint != NULL)
        cJSON_AddStringToObject(hint, "kind", variable->hint);
    if (variable->attribute == DECLARATION_PLAIN)
        return;
    cJSON *attributes = cJSON_AddArrayToObject(hint, "attributes");
    cJSON_AddItemToArray(attributes, cJSON_CreateString("readOnly"));
    if (variable->attribute == DECLARATION_CONST)
        cJSON_AddItemToArray(attributes, cJSON_CreateString("constant"));
}

cJSON *variable_take(struct stop *stop, const struct variable *variable,
                     const struct value_style *style) {
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "name", variable->name);
    variable_describe(stop, object, "value", variable, style);
    const cJSON *location = cJSON_GetObjectItem(object, "valueLocationReference");
    if (location != NULL) /* a function is declared where it is defined */
        cJSON_AddNumberToObject(object, "declarationLocationReference", location->valueint);
    if (variable->expression != NULL)
        cJSON_AddStringToObject(object, "evaluateName", variable->expression);
    add_hint(object, variable);
    lua_pop(stop->L, 1);
    return object;
}

cJSON *variable_group(struct stop *stop, const char *name, const char *text,
                      const struct reference *reference) {
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "name", name);
    cJSON_AddStringToObject(object, "value", text);
    cJSON_AddNumberToObject(object, "variablesReference",
                            reference_add(&stop->references, reference));
    add_hint(object, &(struct variable){.hint = "virtual"});
    return object;
}
