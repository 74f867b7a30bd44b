/* SPDX-License-Identifier: MIT */
/*
 * inbox: requests that have come and are not served yet. They are served one after the other, in
 * the order they came; only `cancel` is noticed as it comes, so that it reaches the request that is
 * being served and those that wait.
 */
#ifndef LUAHEAT_SERVE_INBOX_H
#define LUAHEAT_SERVE_INBOX_H

#include "channel.h"

/* So many may wait: whoever says more is not heard until some are served. */
enum { INBOX_MOST = 4096 };

/* All zero: empty. */
struct inbox {
    cJSON *waiting; /* an array, or NULL */
    double serving; /* seq of the request taken last */
    bool cancelled; /* it is not wanted any more */
};

void inbox_finish(struct inbox *inbox);

/* Takes in what has come, without waiting. Returns how many wait; INBOX_MOST: more may have come.
 */
int inbox_fill(struct inbox *inbox, struct channel *channel);

/* The next request, the caller's to delete; inbox->cancelled tells whether it is still wanted.
   NULL: none now (`wait` false), or closed. */
cJSON *inbox_take(struct inbox *inbox, struct channel *channel, bool wait);

/* The next request of that command, as soon as it has come (channel_expect), whatever came before
   it. NULL: closed. */
cJSON *inbox_await(struct inbox *inbox, struct channel *channel, const char *command);

/* Are there requests that have been taken in and wait? */
bool inbox_has_more(const struct inbox *inbox);

/* The request taken last has been answered. */
void inbox_done(struct inbox *inbox);

#endif
