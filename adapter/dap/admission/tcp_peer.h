/* SPDX-License-Identifier: MIT */
/*
 * tcp_peer: whose the other end of a connection within this machine is. Of a Unix socket the system
 * says it; of TCP only Linux does, in a table of all sockets.
 */
#ifndef LUAHEAT_DAP_TCP_PEER_H
#define LUAHEAT_DAP_TCP_PEER_H

#include <stdbool.h>

/* Can it be told on this system at all? */
bool tcp_peer_is_known(void);

/* 0: the other end of the connected socket is a process of our user. -EPERM: of another one, root
   included, as the likes of proxies pass on what strangers say; or of a process that has closed it
   already. Or another negative errno. */
int tcp_peer_check(int fd);

#endif
