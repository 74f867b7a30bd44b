/* SPDX-License-Identifier: MIT */
#include "reference.h"

#include "arguments.h"

#include <stdlib.h>
#include <string.h>

void references_init(struct references *references, int last) {
    handles_init(&references->items, sizeof(struct reference), last);
}

int references_finish(struct references *references) {
    struct reference *items = references->items.items;
    for (size_t i = 0; i < references->items.count; i++)
        free((char *)items[i].expression);
    return handles_finish(&references->items);
}

int reference_add(struct references *references, const struct reference *reference) {
    int number = 0;
    struct reference *added = handles_add(&references->items, &number);
    if (added == NULL)
        return 0;
    *added = *reference;
    if (reference->expression != NULL)
        added->expression = strdup(reference->expression);
    return number;
}

bool reference_find(const struct references *references, int number, struct reference *reference,
                    struct inspect_problem *problem) {
    const struct reference *found = handles_get(&references->items, number);
    if (found != NULL)
        *reference = *found;
    else if (handles_stale(&references->items, number))
        inspect_refuse(problem, "this reference is of an earlier stop: ask for the scopes again");
    else
        inspect_refuse(problem, "there is no variablesReference %d: ask for the scopes", number);
    return found != NULL;
}

bool reference_asked(const struct references *references, const cJSON *arguments,
                     struct reference *reference, struct inspect_problem *problem) {
    return reference_find(references, arguments_count(arguments, "variablesReference", 0),
                          reference, problem);
}
