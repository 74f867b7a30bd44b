/* SPDX-License-Identifier: MIT */
#include "refusing.h"

#include "text.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

void refusing_tell(int link, const char *problem) {
    char *text = text_escape(problem, strlen(problem));
    cJSON *message = cJSON_CreateObject();
    cJSON_AddStringToObject(message, "type", "event");
    cJSON_AddStringToObject(message, "event", "ready");
    cJSON *body = cJSON_AddObjectToObject(message, "body");
    cJSON_AddStringToObject(body, "problem", text != NULL ? text : "not enough memory");
    char *line = cJSON_PrintUnformatted(message);
    if (line != NULL) {
        size_t size = strlen(line);
        line[size] = '\n'; /* in the place of the NUL */
        send(link, line, size + 1, MSG_NOSIGNAL | MSG_DONTWAIT);
    }
    cJSON_free(line);
    cJSON_Delete(message);
    free(text);
}
