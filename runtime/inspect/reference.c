/* SPDX-License-Identifier: MIT */
#include "reference.h"

#include "arguments.h"
#include "stop.h"

#include <stdlib.h>
#include <string.h>

int reference_add(struct stop *stop, const struct reference *reference) {
    int number = 0;
    struct reference *added = handles_add(&stop->references, &number);
    if (added == NULL)
        return 0;
    *added = *reference;
    if (reference->expression != NULL)
        added->expression = strdup(reference->expression);
    return number;
}

bool reference_find(const struct stop *stop, int number, struct reference *reference,
                    struct inspect_problem *problem) {
    const struct reference *found = handles_get(&stop->references, number);
    if (found != NULL)
        *reference = *found;
    else if (handles_stale(&stop->references, number))
        inspect_refuse(problem, "this reference is of an earlier stop: ask for the scopes again");
    else
        inspect_refuse(problem, "there is no variablesReference %d: ask for the scopes", number);
    return found != NULL;
}

bool reference_asked(const struct stop *stop, const cJSON *arguments, struct reference *reference,
                     struct inspect_problem *problem) {
    int number = 0;
    return arguments_count(arguments, "variablesReference", &number, problem) &&
           reference_find(stop, number, reference, problem);
}

void references_release(struct handles *references) {
    struct reference *items = references->items;
    for (int i = 0; i < references->count; i++)
        free((char *)items[i].expression);
}
