/* SPDX-License-Identifier: MIT */
/* luaheat-lua: the interpreter on the liblua that it was built with. */
#include "beside.h"
#include "interpreter.h"
#include "link.h"
#include "refusal.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

__attribute__((used)) static const char mark[] = LINK_MARK LINK_MARK_END;

/* Goes on as luaheat-lua-other, the program beside this one that runs a script on the liblua that
   it is told. Returns only if it cannot, having said so: an exit code. */
static int start_other(char **argv) {
    char path[4096];
    beside(path, sizeof path, "luaheat-lua-other");
    execvp(path, argv);
    return refuse("cannot start %s, which another liblua needs: %s", path, strerror(errno));
}

int main(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], LINK_LUA) == 0)
        return start_other(argv);
    return interpreter_main(argc, argv);
}
