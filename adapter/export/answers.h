/* SPDX-License-Identifier: MIT */
/*
 * answers: what a run was asked beside its figures, for reports and pages.
 */
#ifndef LUAHEAT_ADAPTER_ANSWERS_H
#define LUAHEAT_ADAPTER_ANSWERS_H

struct largest;
struct why;

/* NULL: nobody has asked. */
struct answers {
    const struct why *why;
    const struct largest *largest;
};

#endif
