/* SPDX-License-Identifier: MIT */
/*
 * listener: who wants to be called when the program passes by, because it allocates. The allocator
 * looks each time whether the bell (link/bell.h) has rung or a thread has lost its hook, so that
 * must be cheap.
 */
#ifndef LUAHEAT_ACCOUNT_LISTENER_H
#define LUAHEAT_ACCOUNT_LISTENER_H

#include "bell.h"

#include <stdbool.h>

/* All zero: nobody. */
struct listener {
    struct bell *bell; /* NULL: there is none */
    uint32_t heard;    /* its rings */
    bool news;         /* of the program, for whoever rings: it has loaded a file */
    void (*on_pass)(void *data);
    void *data;
};

static inline bool listener_rung(const struct listener *listener) {
    return listener->bell != NULL &&
           (listener->news ||
            atomic_load_explicit(&listener->bell->rings, memory_order_relaxed) != listener->heard);
}

/* Has the bell rung, or is there news, since it was last asked? */
static inline bool listener_hears(struct listener *listener) {
    if (!listener_rung(listener))
        return false;
    listener->news = false;
    listener->heard = atomic_load_explicit(&listener->bell->rings, memory_order_acquire);
    return true;
}

#endif
