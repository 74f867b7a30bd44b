/* SPDX-License-Identifier: MIT */
/*
 * chained_resume: coroutine.resume of a state of our account, with the chain of running threads
 * kept as the runtime's own does; the wrappers themselves are the debugger's, which is not here.
 */
#ifndef LUAHEAT_TESTS_CHAINED_RESUME_H
#define LUAHEAT_TESTS_CHAINED_RESUME_H

struct lua_State;

/* Its libraries are open. */
void chained_resume_install(struct lua_State *L);

#endif
