/* SPDX-License-Identifier: MIT */
/*
 * state: how far a session has come. Single bits, so that a request can name all states it is legal
 * in.
 */
#ifndef LUAHEAT_DAP_STATE_H
#define LUAHEAT_DAP_STATE_H

enum session_state {
    STATE_NEW = 1,         /* initialize has not been asked */
    STATE_CONFIGURING = 2, /* until launch and configurationDone have both come through */
    STATE_RUNNING = 4,
    STATE_STOPPED = 8,
    STATE_ENDED = 16, /* there is no program any more; the client may still look at its figures */
};

#define STATE_ANY (STATE_NEW | STATE_INITIALIZED)
#define STATE_INITIALIZED (STATE_CONFIGURING | STATE_STARTED)
#define STATE_STARTED (STATE_RUNNING | STATE_STOPPED | STATE_ENDED)

#endif
