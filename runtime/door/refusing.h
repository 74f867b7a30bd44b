/* SPDX-License-Identifier: MIT */
/*
 * refusing: tells an adapter that there is nothing for it here, before there is a server that
 * could.
 */
#ifndef LUAHEAT_DOOR_REFUSING_H
#define LUAHEAT_DOOR_REFUSING_H

/* The event `ready` with that problem, which may hold any bytes. What the socket does not take at
   once is lost: nobody waits for who does not read. The socket stays the caller's. */
void refusing_tell(int link, const char *problem);

#endif
