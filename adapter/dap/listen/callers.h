/* SPDX-License-Identifier: MIT */
/*
 * callers: who has connected, each a process of its own, so that nothing that one does is felt by
 * another or by who listens: it may crash, or need all memory there is. Those who have not been let
 * in yet are few: for one too many the first of them gives way, as whoever has the token needs no
 * time.
 */
#ifndef LUAHEAT_DAP_CALLERS_H
#define LUAHEAT_DAP_CALLERS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { CALLERS_WAITING = 16, CALLERS_ADMITTED = 32, CALLERS_MOST = 64 };

struct caller {
    pid_t pid;
    int word; /* to read: one byte when it has been let in, the end of file when its process ends */
    bool admitted;
    bool dismissed; /* has had to give way, and will end */
};

/* In the order in which they came. All zero: nobody. */
struct callers {
    struct caller all[CALLERS_MOST];
    size_t count;
};

/* There is room for one more, once the oldest that waits has been told to give way. */
bool callers_make_room(struct callers *callers);

size_t callers_admitted(const struct callers *callers);

/* Takes the descriptor. */
void callers_add(struct callers *callers, pid_t pid, int word);

enum caller_news { CALLER_ADMITTED, CALLER_ENDED };

/* `word` of one can be read. Of one that has ended: *status as of waitpid(), and it is no more in
   the list. */
enum caller_news callers_hear(struct callers *callers, size_t index, int *status);

/* Sends all of them a signal; or those alone that wait. */
void callers_signal(const struct callers *callers, int number, bool waiting_only);

/* In a new process of its own: closes what is only for who listens. */
void callers_forget(struct callers *callers);

#endif
