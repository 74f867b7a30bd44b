/* SPDX-License-Identifier: MIT */
#include "interpreter.h"

#include "link.h"

size_t interpreter_words(const struct interpreter *interpreter,
                         const char *words[INTERPRETER_WORDS]) {
    size_t count = 0;
    words[count++] = "lua5.4";
    if (interpreter->library != NULL) {
        words[count++] = LINK_LUA;
        words[count++] = interpreter->library;
    }
    return count;
}
