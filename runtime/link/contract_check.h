/* SPDX-License-Identifier: MIT */
/*
 * contract_check: holds a message against the contract. A member that is null counts as absent.
 */
#ifndef LUAHEAT_LINK_CONTRACT_CHECK_H
#define LUAHEAT_LINK_CONTRACT_CHECK_H

#include "contract.h"

#include <cjson/cJSON.h>

enum { CONTRACT_PROBLEM_BYTES = 256 };

/* Does the object have what it must, and what it has the right types? It may have more, and be
   NULL. If not: what is wrong first, for the user. */
bool contract_check(const struct contract_member *members, const cJSON *object,
                    char problem[CONTRACT_PROBLEM_BYTES]);

/* Of which type a value is, for the user: "a string". */
const char *contract_type_of(const cJSON *value);

/* Takes out what does not stand in the contract. */
void contract_keep(const struct contract_member *members, cJSON *object);

/* Is there nothing in it that contract_keep would take out, nor anything of a wrong type? It may
   lack what it must have: who writes messages may be out of memory. */
bool contract_covers(const struct contract_member *members, const cJSON *object);

/* Does a request that stands in the contract change values, if it succeeds? */
bool contract_changes_values(const struct contract_request *request, const cJSON *arguments);

#endif
