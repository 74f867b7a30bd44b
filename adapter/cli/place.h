/* SPDX-License-Identifier: MIT */
/*
 * place: FILE:LINE, as people write it.
 */
#ifndef LUAHEAT_ADAPTER_PLACE_H
#define LUAHEAT_ADAPTER_PLACE_H

struct place {
    char *path; /* as it is written; NULL: no place */
    int line;   /* 1-based */
};

/* Reads one that ends where `ending` begins ("": at the end of the words). Sets *rest to what
   stands there. 0; -EINVAL if it is none, -ENOMEM. End with place_finish() if it was 0. */
int place_parse(struct place *place, const char *words, const char *ending, const char **rest);
void place_finish(struct place *place);

#endif
