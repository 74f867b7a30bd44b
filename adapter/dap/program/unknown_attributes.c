/* SPDX-License-Identifier: MIT */
#include "unknown_attributes.h"

#include "alloc.h"
#include "nearest.h"

#include <stdlib.h>
#include <string.h>

/* What editors read themselves and pass on: VS Code's (the last three: our extension's), then
 * Emacs' (dap-mode; dape sends none). */
static const char *const of_editors[] = {
    "name",
    "type",
    "request",
    "preLaunchTask",
    "postDebugTask",
    "internalConsoleOptions",
    "serverReadyAction",
    "presentation",
    "debugServer",
    "suppressMultipleSessionWarning",
    "windows",
    "linux",
    "osx",
    "host",
    "port",
    "tokenFile",
    "dap-server-path",
    "dap-output-buffer",
    "dap-compilation",
    "dap-compilation-dir",
    "program-to-start",
    "startup-function",
    "cleanup-function",
    "environment-variables",
    "wait-for-port",
    "skip-debug-session",
    "debugPort",
    "hostName",
};

static bool is_among(const char *const *names, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

/* "__sessionId", "__configurationTarget", "__restart"; "$schema". */
static bool is_private(const char *name) {
    return name[0] == '_' || name[0] == '$';
}

static void tell(const struct arguments *arguments, struct debug_console *console,
                 const char *name) {
    const char *meant = nearest(name, arguments->names, arguments->name_count);
    char *text = meant == NULL
                     ? alloc_printed("The configuration says '%s', which Luaheat does not know: "
                                     "it has no effect\n",
                                     name)
                     : alloc_printed("The configuration says '%s', which Luaheat does not know: "
                                     "it has no effect. Did you mean '%s'?\n",
                                     name, meant);
    debug_console_show(console, "important", text);
    free(text);
}

void unknown_attributes_tell(const struct arguments *arguments, struct debug_console *console) {
    const cJSON *one;
    cJSON_ArrayForEach(one, arguments->object) {
        const char *name = one->string;
        if (!is_among(arguments->names, arguments->name_count, name) && !is_private(name) &&
            !is_among(of_editors, sizeof of_editors / sizeof *of_editors, name))
            tell(arguments, console, name);
    }
}
