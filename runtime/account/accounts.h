/* SPDX-License-Identifier: MIT */
/*
 * accounts: all those of the process, each of a state of its own, on whatever OS threads.
 */
#ifndef LUAHEAT_ACCOUNT_ACCOUNTS_H
#define LUAHEAT_ACCOUNT_ACCOUNTS_H

#include <stdbool.h>

struct account;

/* False: there is one of the same state (threads.registry). */
bool accounts_add(struct account *account);
void accounts_remove(struct account *account);

/* By lua_topointer of the state's registry; NULL: the state has none. */
struct account *accounts_find(const void *registry);

#endif
