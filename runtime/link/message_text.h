/* SPDX-License-Identifier: MIT */
/*
 * message_text: a message as it is sent. cJSON prints each number as a float, and reads it again to
 * see whether it is nearly the same: that is most of what a long list of breakpoints takes. Whole
 * numbers, which nearly all are, are written here, to the last digit; so are long texts.
 */
#ifndef LUAHEAT_LINK_MESSAGE_TEXT_H
#define LUAHEAT_LINK_MESSAGE_TEXT_H

#include <cjson/cJSON.h>

/* To be freed with cJSON_free(); NULL: memory is out. Afterwards the message holds what was written
   of whole numbers and long texts in their place: it is good for being printed and deleted only. */
char *message_text(cJSON *message);

#endif
