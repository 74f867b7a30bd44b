/* SPDX-License-Identifier: MIT */
/*
 * client_features: what the client said in `initialize` that it can do with. Nothing that needs one
 * is sent to a client without it.
 */
#ifndef LUAHEAT_DAP_CLIENT_FEATURES_H
#define LUAHEAT_DAP_CLIENT_FEATURES_H

#include <stdbool.h>

struct client_features {
    bool progress;    /* supportsProgressReporting */
    bool invalidated; /* supportsInvalidatedEvent */
    bool memory;      /* supportsMemoryEvent */
    bool ansi;        /* supportsANSIStyling */
};

#endif
