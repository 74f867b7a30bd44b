/* SPDX-License-Identifier: MIT */
/*
 * file_line: FILE:LINE, as people write it.
 */
#ifndef LUAHEAT_CLI_FILE_LINE_H
#define LUAHEAT_CLI_FILE_LINE_H

struct file_line {
    char *path; /* as it is written; NULL: no place */
    int line;   /* 1-based */
};

/* Reads one that ends where `ending` begins ("": at the end of the words). Sets *rest to what
   stands there. 0; -EINVAL if it is none, -ENOMEM. End with file_line_finish() if it was 0. */
int file_line_parse(struct file_line *place, const char *words, const char *ending,
                    const char **rest);
void file_line_finish(struct file_line *place);

#endif
