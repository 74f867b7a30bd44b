/* SPDX-License-Identifier: MIT */
#include "current.h"

#include "account.h"

const struct figures *luaheat_current_figures(lua_State *L) {
    return account_of(L)->ledger.figures;
}
