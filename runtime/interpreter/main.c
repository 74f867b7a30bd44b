/* SPDX-License-Identifier: MIT */
/* luaheat-lua: the interpreter on the liblua that it was built with. */
#include "interpreter.h"
#include "link.h"
#include "other.h"

#include <string.h>

int main(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], LINK_LUA) == 0)
        return other_start(argv);
    return interpreter_main(argc, argv);
}
