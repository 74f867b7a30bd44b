/* SPDX-License-Identifier: MIT */
#include "other.h"

#include "beside.h"
#include "refusal.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

int other_start(char **argv) {
    char path[4096];
    beside(path, sizeof path, "luaheat-lua-other");
    execvp(path, argv);
    return refuse("cannot start %s, which another liblua needs: %s", path, strerror(errno));
}
