/* SPDX-License-Identifier: MIT */
/*
 * environment: a copy of our environment variables, to be changed for the program.
 */
#ifndef LUAHEAT_DAP_ENVIRONMENT_H
#define LUAHEAT_DAP_ENVIRONMENT_H

/* NULL-terminated; end with environment_free(). */
char **environment_copy(void);
void environment_free(char **variables);

/* Sets the variable, or removes it (value NULL). *variables may move. */
void environment_set(char ***variables, const char *name, const char *value);

#endif
