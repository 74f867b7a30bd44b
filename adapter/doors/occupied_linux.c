/* SPDX-License-Identifier: MIT */
#include "occupied.h"

#include "local_socket.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* As Linux shows them: __SO_ACCEPTCON, SS_CONNECTED. A connection that has been
   accepted has the path that its listener is bound to. */
enum { LISTENS = 0x10000, CONNECTED = 3 };

/* Of a socket with one of those names.
   "0000: 00000002 00000000 00010000 0001 01 12345 /path": flags, type, state, inode. */
static void judge(const char *line, const char *const names[2], enum occupied *verdict) {
    unsigned flags, state;
    int start = 0;
    if (sscanf(line, "%*x: %*x %*x %x %*x %x %*u %n", &flags, &state, &start) != 2 || start == 0 ||
        (strcmp(line + start, names[0]) != 0 && strcmp(line + start, names[1]) != 0))
        return;
    if (state == CONNECTED)
        *verdict = OCCUPIED_YES;
    else if (flags & LISTENS && *verdict == OCCUPIED_UNKNOWN)
        *verdict = OCCUPIED_NO;
}

enum occupied occupied_at(const char *path) {
    enum occupied verdict = OCCUPIED_UNKNOWN;
    char *line = NULL, *name = strdup(path);
    size_t room = 0;
    FILE *sockets = fopen("/proc/net/unix", "re");
    if (name != NULL)
        local_socket_listed_name(path, name);
    while (name != NULL && sockets != NULL && getline(&line, &room, sockets) > 0) {
        line[strcspn(line, "\n")] = '\0';
        judge(line, (const char *const[]){path, name}, &verdict);
    }
    free(line);
    free(name);
    if (sockets != NULL)
        fclose(sockets);
    return verdict;
}
