/* SPDX-License-Identifier: MIT */
/*
 * token: the secret that lets a client in. It stands in a file that only its owner can read, and
 * nowhere else: neither in a command line nor in the environment, which others of the machine and
 * the programs that are debugged can read, nor in a log.
 */
#ifndef LUAHEAT_DAP_TOKEN_H
#define LUAHEAT_DAP_TOKEN_H

#include "complain.h"

#include <stdbool.h>
#include <stddef.h>

/* Fewer characters can be guessed; more is no token but a wrong file. */
enum { TOKEN_LEAST = 16, TOKEN_MOST = 1024 };

struct token {
    char *text;
    size_t size;
};

/* The first line of a file of ours (or root's) with mode 0600 or less. 0, or -EINVAL and a
 * complaint, which never repeats what the file holds. */
int token_read(struct token *token, const char *path, char complaint[COMPLAINT_BYTES]);

/* Takes as long for a text that is nearly right as for one that is not. */
bool token_matches(const struct token *token, const char *given);

/* All zero is fine. */
void token_finish(struct token *token);

#endif
