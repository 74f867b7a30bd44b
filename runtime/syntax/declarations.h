/* SPDX-License-Identifier: MIT */
/*
 * declarations: what scoping tells of a source text. Above all which variables of a function are
 * declared <const> or <close>: Lua's compiler forgets that.
 *
 * Neither does Lua tell where in the text a frame is, but for the line. So the place is looked for
 * at which the variables in scope have just the names that the frame's locals have, in their order
 * (constants like `local x <const> = 5` apart, which do not exist when the program runs); of
 * several such places the one nearest to the line. If the text is not the function's (a file that
 * was changed since) there mostly is none: nothing is known then.
 */
#ifndef LUAHEAT_SYNTAX_DECLARATIONS_H
#define LUAHEAT_SYNTAX_DECLARATIONS_H

#include <stdbool.h>
#include <stddef.h>

enum declaration_attribute { DECLARATION_PLAIN, DECLARATION_CONST, DECLARATION_CLOSE };

enum { DECLARATIONS_MOST = 255 }; /* names; Lua allows 200 locals and 255 upvalues */

struct declarations_names {
    const char *names[DECLARATIONS_MOST];
    int count;
    enum declaration_attribute attributes[DECLARATIONS_MOST]; /* the answer */
};

struct declarations_function {
    int first_line, last_line; /* lua_Debug's linedefined, lastlinedefined; 0, 0: the main chunk */
    int line;                  /* that it is at */
};

/* Constants that do not exist when the program runs: Lua's compiler puts their values where they
   are used. They are those in scope at the frame, of the functions around it too, oldest first;
   each but for what hides it has a name of its own. */
struct declarations_constants {
    struct declarations_constant {
        const char *name, *value; /* in the source text; the value is what was declared */
        size_t name_size, value_size;
        bool own; /* of the frame's function */
    } list[DECLARATIONS_MOST];
    int count;
};

/* Of the locals of a frame, oldest first, without Lua's own. False: nothing is known. */
bool declarations_of_locals(const char *text, size_t size,
                            const struct declarations_function *function,
                            struct declarations_names *locals);

/* Constants in scope at the frame with these locals. A value may be any expression. False: nothing
   is known. */
bool declarations_of_constants(const char *text, size_t size,
                               const struct declarations_function *function,
                               struct declarations_names *locals,
                               struct declarations_constants *constants);

/* Of the upvalues of a function; its `line` is not used. False: nothing is known. */
bool declarations_of_upvalues(const char *text, size_t size,
                              const struct declarations_function *function,
                              struct declarations_names *upvalues);

/* Calls back, in order, for each place in the code where it uses a variable of that name that it
   does not declare itself. `at` is the name there. */
void declarations_uses(const char *code, size_t size, const char *name,
                       void (*use)(void *data, const char *at), void *data);

#endif
