/* SPDX-License-Identifier: MIT */
#include "own_init.h"

#include "link.h"

#include <stdlib.h>

void own_init_restore(void) {
    const char *own = getenv(LINK_ENV_LUA_INIT);
    if (own == NULL)
        return;
    if (own[0] == '=')
        setenv(LINK_LUA_INIT, own + 1, 1);
    else
        unsetenv(LINK_LUA_INIT);
    unsetenv(LINK_ENV_LUA_INIT);
}
