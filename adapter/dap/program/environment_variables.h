/* SPDX-License-Identifier: MIT */
/*
 * environment_variables: a copy of our environment variables, to be changed for the program.
 */
#ifndef LUAHEAT_DAP_ENVIRONMENT_VARIABLES_H
#define LUAHEAT_DAP_ENVIRONMENT_VARIABLES_H

/* NULL-terminated; end with environment_variables_free(). */
char **environment_variables_copy(void);
void environment_variables_free(char **variables);

/* The variable's value, which stays theirs; NULL: it is not set. */
const char *environment_variables_get(char *const *variables, const char *name);

/* Sets the variable, or removes it (value NULL). *variables may move. */
void environment_variables_set(char ***variables, const char *name, const char *value);

#endif
