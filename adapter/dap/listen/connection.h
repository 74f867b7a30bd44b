/* SPDX-License-Identifier: MIT */
/*
 * connection: one that has been accepted, served in a process of its own.
 */
#ifndef LUAHEAT_DAP_CONNECTION_H
#define LUAHEAT_DAP_CONNECTION_H

struct log;
struct token;

struct connection {
    int fd;                    /* is taken */
    int word;                  /* gets a byte when the client has been let in; stays open */
    const struct token *token; /* NULL: none is wanted */
    const char *turned_away;   /* why the client cannot be served; NULL: it can */
    struct log *log;
};

/* Serves the client until the session is over. The exit code of the process. */
int connection_serve(const struct connection *connection);

#endif
