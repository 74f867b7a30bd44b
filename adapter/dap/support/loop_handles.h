/* SPDX-License-Identifier: MIT */
/*
 * loop_handles: the handles of libuv that belong to one owner, who may be freed once the last of
 * them has been closed. Whoever is part of the owner closes its handles here, whenever it likes.
 */
#ifndef LUAHEAT_DAP_LOOP_HANDLES_H
#define LUAHEAT_DAP_LOOP_HANDLES_H

#include <stdbool.h>
#include <uv.h>

struct loop_handles {
    uv_loop_t *loop; /* on which they are to be made */
    unsigned closing;
    void (*on_closed)(void *owner); /* NULL: nobody waits for it */
    void *owner;
};

/* Takes over the handle's data. Harmless for one that is closing, or was never made (all zero). */
void loop_handles_close(struct loop_handles *handles, void *handle);

/* All have been given to loop_handles_close(): calls the function when they are closed, in a later
   turn of the loop or at once. */
void loop_handles_release(struct loop_handles *handles, void (*on_closed)(void *owner),
                          void *owner);

#endif
