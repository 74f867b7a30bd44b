/* SPDX-License-Identifier: MIT */
/*
 * address: where to listen, as people write it: a PORT of this machine, HOST:PORT, [v6]:PORT, or
 * the path of a Unix socket, which has a slash in it.
 */
#ifndef LUAHEAT_DAP_ADDRESS_H
#define LUAHEAT_DAP_ADDRESS_H

#include "complain.h"

#include <stdbool.h>
#include <sys/socket.h>

/* "[" and 39 of IPv6, a zone, "]:65535"; or a path of a Unix socket. */
enum { ADDRESS_TEXT_BYTES = 160 };

enum address_reach {
    ADDRESS_UNIX,     /* a Unix socket: the system says whose the other end is */
    ADDRESS_LOOPBACK, /* only this machine, but all its users */
    ADDRESS_BEYOND,   /* whoever can reach it */
};

struct address {
    enum address_reach reach;
    struct sockaddr_storage name;
    socklen_t size;
};

/* Asks the system for a host's name. 0, or -EINVAL and a complaint. */
int address_parse(struct address *address, const char *text, char complaint[COMPLAINT_BYTES]);

/* As it is written, a Unix socket by its path. */
void address_print(const struct address *address, char text[ADDRESS_TEXT_BYTES]);

/* Without it; 0: there is none. */
unsigned address_port(const struct address *address);

/* The path; NULL: it is no Unix socket. */
const char *address_path(const struct address *address);

#endif
