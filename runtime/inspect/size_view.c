/* SPDX-License-Identifier: MIT */
#include "views.h"

#include "digits.h"
#include "evaluation.h"
#include "heap_object.h"
#include "retainers.h"
#include "stop.h"

#include <lauxlib.h>
#include <string.h>

static const char child_name[] = "(size)";

void size_view_add(struct listing *listing) {
    if (stop_measures(listing->stop) && heap_object(listing->stop->L, -1) != NULL)
        listing_add_lazy(listing, child_name, VIEW_SIZE);
}

static int perform(lua_State *co, struct evaluation *evaluation) {
    const struct listing *listing = evaluation->data;
    struct stop *stop = evaluation->stop;
    if (!value_path_push(&stop->paths, listing->reference.path))
        return luaL_error(co, "the value is no more there");
    lua_xmove(stop->L, co, 1);
    evaluation->data = retainers_of_value(stop, co, 0);
    return 0;
}

/* "56,000 B" */
static void write_bytes(struct string_builder *builder, const cJSON *answer, const char *name) {
    char digits[DIGITS_BYTES], *end = digits + sizeof digits;
    const cJSON *bytes = cJSON_GetObjectItemCaseSensitive(answer, name);
    const char *first = digits_put_unsigned(end, (uint64_t)bytes->valuedouble);
    for (const char *digit = first; digit < end; digit++)
        string_builder_print(builder, "%s%c", digit > first && (end - digit) % 3 == 0 ? "," : "",
                             *digit);
    string_builder_print(builder, " B");
}

static cJSON *child_of(const char *value) {
    cJSON *child = cJSON_CreateObject();
    cJSON_AddStringToObject(child, "name", child_name);
    cJSON_AddStringToObject(child, "value", value);
    cJSON_AddNumberToObject(child, "variablesReference", 0);
    return child;
}

static void write_size(struct string_builder *builder, const cJSON *answer) {
    if (cJSON_GetObjectItemCaseSensitive(answer, "found")->valueint == 0) {
        string_builder_print(builder, "held by nothing but the debugger");
        return;
    }
    write_bytes(builder, answer, "bytes");
    string_builder_print(builder, ", retains ");
    write_bytes(builder, answer, "retained");
}

static cJSON *finish(struct evaluation *evaluation, lua_State *co, int count) {
    struct string_builder value = {0};
    cJSON *answer = evaluation->data;
    write_size(&value, answer);
    cJSON *child = child_of(string_builder_text(&value));
    string_builder_finish(&value);
    cJSON_Delete(answer);
    return child;
}

void size_view(struct listing *listing) {
    struct inspect_problem problem = {{0}};
    struct evaluation evaluation = {.stop = listing->stop,
                                    .frame = listing->reference.frame,
                                    .perform = perform,
                                    .finish = finish,
                                    .data = listing,
                                    .problem = &problem};
    cJSON *child = evaluation_run(&evaluation);
    if (child == NULL && evaluation.data != listing) /* it was cancelled */
        cJSON_Delete(evaluation.data);
    cJSON_AddItemToArray(listing->variables, child != NULL ? child : child_of(problem.text));
}
