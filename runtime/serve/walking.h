/* SPDX-License-Identifier: MIT */
/*
 * walking: tells the adapter how far a walk over the heap has come, while the request that it is
 * for is served.
 */
#ifndef LUAHEAT_SERVE_WALKING_H
#define LUAHEAT_SERVE_WALKING_H

#include <stdint.h>

struct server;

/* It has reached so many objects. To be called often. */
void walking_tell(struct server *server, uint64_t reached);

#endif
