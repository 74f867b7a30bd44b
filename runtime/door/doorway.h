/* SPDX-License-Identifier: MIT */
/*
 * doorway: a socket at which a program waits for an adapter, and the file that says whose it is
 * (link/doors.h). Both are there until it is closed, or the process exits; what a process that was
 * killed has left is taken away by whoever finds it.
 */
#ifndef LUAHEAT_DOOR_DOORWAY_H
#define LUAHEAT_DOOR_DOORWAY_H

#include "doors.h"
#include "local_socket.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <sys/types.h>

struct doorway {
    int socket; /* listens, without waiting; -1: none */
    char path[DOORS_PATH_BYTES];
    char plate[DOORS_PATH_BYTES]; /* "": there is none */
    cJSON *words;                 /* that stand on it; NULL: there are none */
    struct doorway *next;         /* of this process */
    struct local_socket_file file;
    pid_t process; /* that has opened it */
};

struct doorway_words {
    const char *name; /* the user's for it; NULL: the program's */
    const char *lua;  /* its release */
};

enum { DOORWAY_PROBLEM_BYTES = DOORS_PATH_BYTES + 256 };

/* At that path; NULL: in the folder of doors, as PID.sock or the first free of PID-2.sock, ... The
   struct stays where it is until it is closed. False: there is none, and `problem` says why. */
bool doorway_open(struct doorway *doorway, const char *path, const struct doorway_words *words,
                  char problem[DOORWAY_PROBLEM_BYTES]);

/* The program does nothing but wait for who comes, or does so no more: the file says so. */
void doorway_suspends(struct doorway *doorway, bool suspended);

/* One that is not open is fine. */
void doorway_close(struct doorway *doorway);

/* This is a child of the process: it is open there, and not here. */
void doorway_forked(struct doorway *doorway);

#endif
