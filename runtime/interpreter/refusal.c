/* SPDX-License-Identifier: MIT */
#include "refusal.h"

#include "link.h"
#include "text.h"

#include <cJSON.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The descriptor of the link; -1: there is none. */
static int adapter(void) {
    const char *text = getenv(LINK_ENV_SOCKET);
    return text != NULL ? atoi(text) : -1; // NOLINT(cert-err34-c): a peer's number
}

static void tell(int link, const char *problem) {
    char *text = text_escape(problem, strlen(problem));
    cJSON *message = cJSON_CreateObject();
    cJSON_AddStringToObject(message, "type", "event");
    cJSON_AddStringToObject(message, "event", "ready");
    cJSON *body = cJSON_AddObjectToObject(message, "body");
    cJSON_AddStringToObject(body, "problem", text != NULL ? text : "not enough memory");
    char *line = cJSON_PrintUnformatted(message);
    if (line != NULL)
        dprintf(link, "%s\n", line);
    free(line);
    cJSON_Delete(message);
    free(text);
}

int refuse(const char *format, ...) {
    char problem[8192];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(problem, sizeof problem, format, arguments);
    va_end(arguments);
    int link = adapter();
    if (link >= 0)
        tell(link, problem);
    else
        fprintf(stderr, "luaheat-lua: %s\n", problem);
    return EXIT_FAILURE;
}
