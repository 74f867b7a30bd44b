/* SPDX-License-Identifier: MIT */
/*
 * ending: how a program ends, by itself or by us, and how its end is told.
 */
#ifndef LUAHEAT_DAP_ENDING_H
#define LUAHEAT_DAP_ENDING_H

#include "program.h"

/* It cannot be run: refuses the request that waits for that, and kills what there is of it. */
void ending_fail(struct program *program, enum error_id id, const char *text);

/* The same, with the address of more. */
void ending_fail_linked(struct program *program, enum error_id id, const char *text,
                        const char *url, const char *label);

/* What runs is no luaheat-lua: one that has started and says nothing fails. */
void ending_give_up(struct program *program);

/* The runtime of one that is attached to does not let us in, for this reason. */
void ending_turned_away(struct program *program, const char *problem);

/* Has one that is attached to something of ours that it can be asked to take back? */
bool ending_can_detach(const struct program *program);

/* Leaves one that is attached to as it was before we came: it is gone, for us, once its runtime has
   done that, or does not answer. */
void ending_detach(struct program *program);

/* The same of one that ending_can_detach(), which then waits for another debugger. Until that is
   done it can be asked things as before; and goes on being ours if its runtime refuses: then
   owner->on_kept is called. */
void ending_suspend(struct program *program);

/* Asks it to end, and after a while makes it end; asked again, at once. One that is attached to is
   asked only; and one that has not been met is not waited for any more. */
void ending_terminate(struct program *program);

/* The same, and does not talk to it any more: another is to take its place. */
void ending_replace(struct program *program);

/* Kills it, and does not talk to it any more. One that is attached to is let go instead. */
void ending_kill(struct program *program);

/* Is something of it there still that its end depends on? */
bool ending_is_awaited(const struct program *program);

/* A debuggee_exit_cb; data is the program. */
void ending_on_exit(void *data, int64_t exit_code, int signal);

/* An outsider_end_function; data is the program. */
void ending_on_outsider_end(void *data);

/* The runtime has ended the conversation, usually because the program ends. If it does not, it has
   closed our descriptor and runs on without us. That is the end of one that is attached to. */
void ending_on_link_end(struct program *program);

/* Of one that is PROGRAM_GONE and ever ran: tells the client of its last figures and how it has
   ended. */
void ending_tell_exit(struct program *program);

/* Closes what it holds; the loop frees it. Does not wait for its process. NULL is fine. */
void ending_destroy(struct program *program);

#endif
