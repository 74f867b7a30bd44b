/* SPDX-License-Identifier: MIT */
#include "glance.h"

bool glance_ran_on(const struct glance *before, const struct glance *now) {
    return before->known && before->runs && now->runs && before->has_waited == now->has_waited;
}
