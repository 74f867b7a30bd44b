/* SPDX-License-Identifier: MIT */
/*
 * environment_variables: a copy of our environment variables, to be changed for the program.
 */
#ifndef LUAHEAT_DAP_ENVIRONMENT_VARIABLES_H
#define LUAHEAT_DAP_ENVIRONMENT_VARIABLES_H

/* NULL-terminated; end with environment_variables_free(). */
char **environment_variables_copy(void);
void environment_variables_free(char **variables);

/* Sets the variable, or removes it (value NULL). *variables may move. */
void environment_variables_set(char ***variables, const char *name, const char *value);

#endif
