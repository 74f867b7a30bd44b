/* SPDX-License-Identifier: MIT */
/*
 * attach_settings: by which door a program is to be attached to, and how long it is waited for:
 * what the request `attach` has that `launch` has not.
 */
#ifndef LUAHEAT_DAP_ATTACH_SETTINGS_H
#define LUAHEAT_DAP_ATTACH_SETTINGS_H

#include "arguments.h"

#include <stdbool.h>
#include <stdint.h>

/* All zero: by the only door that there is, if it is the only one. */
struct attach_settings {
    char *socket;     /* the door's path; NULL: not named; likewise the rest */
    char *name;       /* that the program has given it */
    int pid;          /* 0: any process */
    char *listen;     /* the program comes to us, at the socket of this path; then nothing else */
    uint64_t timeout; /* ms that it is waited for */
    bool restart;     /* whenever the program has gone, it is waited for again, without an end */
    struct {
        char *program, *name;
    } met; /* whom we were attached to last, if it has said so: by that the next is known that takes
              its place */
};

/* End with attach_settings_destroy(), whatever the problem. */
struct attach_settings *attach_settings_read(struct arguments *arguments);

struct door;

/* This door (doors/door_list.h) was gone through. */
void attach_settings_remember(struct attach_settings *settings, const struct door *door);

/* NULL is fine. */
void attach_settings_destroy(struct attach_settings *settings);

#endif
