/* SPDX-License-Identifier: MIT */
/*
 * entry: what luaheat-lua-other finds in luaheat-runtime.so, under the name ENTRY_NAME.
 */
#ifndef LUAHEAT_INTERPRETER_ENTRY_H
#define LUAHEAT_INTERPRETER_ENTRY_H

struct entry {
    /* Why the liblua that is loaded cannot be used; NULL: it can. To be asked first. */
    const char *(*problem)(void);
    int (*main)(int argc, char **argv); /* interpreter_main */
};

#define ENTRY_NAME "luaheat_entry"
extern const struct entry luaheat_entry;

#endif
