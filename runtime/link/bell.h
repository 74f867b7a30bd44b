/* SPDX-License-Identifier: MIT */
/*
 * bell: how the adapter tells a program that something has come over the link, without touching it:
 * a number in shared memory, which the program looks at when it passes by (whenever it makes an
 * object, and in its hook). A program that does not pass by, because it computes without making
 * any, is sent LINK_SIGNAL; never one that waits in the system, whose call would be cut short.
 */
#ifndef LUAHEAT_LINK_BELL_H
#define LUAHEAT_LINK_BELL_H

#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>

/* Ignored by default, so it harms no process that has not asked for it. */
#define LINK_SIGNAL SIGURG

struct bell {
    _Atomic uint32_t rings;  /* raised by the adapter once a message can be read */
    _Atomic uint32_t called; /* raised by the runtime when LINK_SIGNAL has come */
    _Atomic uint32_t thread; /* the OS thread that runs the program's Lua code, which alone is to be
                                sent the signal; kept by the runtime. 0: unknown, it is the
                                process's first */
};

static inline void bell_ring(struct bell *bell) {
    atomic_fetch_add_explicit(&bell->rings, 1, memory_order_release);
}

#endif
