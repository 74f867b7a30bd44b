/* SPDX-License-Identifier: MIT */
#include "parent.h"

#include <signal.h>
#include <sys/prctl.h>

void parent_follow(void) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
}
