/* SPDX-License-Identifier: MIT */
/*
 * handed: what the adapter hands to a program (link.h), whether by what a process inherits or by
 * the greeting of one that runs.
 */
#ifndef LUAHEAT_LINK_HANDED_H
#define LUAHEAT_LINK_HANDED_H

#include "bell.h"
#include "figures.h"

struct handed {
    int link;                /* connected socket; -1: none */
    int life;                /* read end of a pipe that ends with the adapter; -1: none */
    struct figures *figures; /* shared, writable; NULL: none */
    struct bell *bell;       /* shared; NULL: none */
    char *answer;            /* shared, LINK_ANSWER_BYTES; NULL: nobody asks */
    char *measure;           /* LINK_ENV_MEASURE's text; NULL: none */
    char *sampling;          /* LINK_ENV_SAMPLING's, likewise */
};

extern const struct handed handed_nothing;

/* The shared memory behind the descriptor, which it closes: the program is to find the descriptors
   that it would without us. fd < 0: NULL. 0 or a negative errno; -EINVAL: it has less than `size`
   bytes. */
int handed_map(int fd, size_t size, void **memory);

/* A descriptor of ours moves to where programs do not close what they do not know, if that many may
   be open; and the program finds the low numbers free that it would without us. Returns its new
   number. fd < 0: that. */
int handed_out_of_the_way(int fd);

/* Closes, unmaps and frees what nobody has taken out of it, which leaves nothing. */
void handed_finish(struct handed *handed);

#endif
