/* SPDX-License-Identifier: MIT */
#include "environment_variables.h"

#include "alloc.h"
#include "debuggee.h"

#include <stdlib.h>
#include <string.h>

static size_t count_of(char *const *variables) {
    size_t count = 0;
    while (variables[count] != NULL)
        count++;
    return count;
}

char **environment_variables_copy(void) {
    char **own = debuggee_own_environment();
    size_t count = count_of(own);
    char **variables = alloc_zeroed(count + 1, sizeof *variables);
    for (size_t i = 0; i < count; i++)
        variables[i] = alloc_text(own[i]);
    return variables;
}

void environment_variables_free(char **variables) {
    if (variables == NULL)
        return;
    for (char **at = variables; *at != NULL; at++)
        free(*at);
    free(variables);
}

const char *environment_variables_get(char *const *variables, const char *name) {
    size_t length = strlen(name);
    for (; *variables != NULL; variables++)
        if (strncmp(*variables, name, length) == 0 && (*variables)[length] == '=')
            return *variables + length + 1;
    return NULL;
}

static void drop(char **variables, const char *name) {
    size_t length = strlen(name);
    char **kept = variables;
    for (char **at = variables; *at != NULL; at++) {
        if (strncmp(*at, name, length) == 0 && (*at)[length] == '=')
            free(*at);
        else
            *kept++ = *at;
    }
    *kept = NULL;
}

void environment_variables_set(char ***variables, const char *name, const char *value) {
    drop(*variables, name);
    if (value == NULL)
        return;
    size_t count = count_of(*variables);
    *variables = alloc_resized(*variables, (count + 2) * sizeof **variables);
    (*variables)[count] = alloc_printed("%s=%s", name, value);
    (*variables)[count + 1] = NULL;
}
