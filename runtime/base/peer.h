/* SPDX-License-Identifier: MIT */
/*
 * peer: who is at the other end of a connected Unix socket. The one place that knows how this OS
 * tells it.
 */
#ifndef LUAHEAT_BASE_PEER_H
#define LUAHEAT_BASE_PEER_H

/* 0: a process of our own user's, or root's: whoever that is can do to us what it likes anyway.
   -EPERM: another's, of which nothing is to be read. Else a negative errno. *pid: its process's
   number, when it connected or listened; 0: this OS does not tell. */
int peer_check(int fd, int *pid);

#endif
