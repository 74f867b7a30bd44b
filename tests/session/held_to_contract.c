/* SPDX-License-Identifier: MIT */
/* Reads what `luaheat dap --log - --log-channels link` writes, and prints what of it does not stand
   in the contract of the link, and what of the contract was never said. */
#include "contract_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 200, MOST_REQUESTS = 100000 };

static const struct contract_request *asked[MOST_REQUESTS]; /* by number */
static bool request_used[MOST], event_used[MOST];

static void hold(const char *what, const char *name, const struct contract_member *members,
                 const cJSON *object) {
    char problem[CONTRACT_PROBLEM_BYTES];
    if (!contract_check(members, object, problem))
        printf("%s %s: %s\n", what, name, problem);
    else if (!contract_covers(members, object))
        printf("%s %s has more than the contract: %s\n", what, name,
               cJSON_PrintUnformatted(object));
}

static const cJSON *get(const cJSON *object, const char *name) {
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

static const char *text(const cJSON *object, const char *name) {
    const char *value = cJSON_GetStringValue(get(object, name));
    return value != NULL ? value : "(none)";
}

static int number(const cJSON *object, const char *name) {
    const cJSON *value = get(object, name);
    return cJSON_IsNumber(value) && value->valueint < MOST_REQUESTS ? value->valueint : 0;
}

static void look_at_request(const cJSON *message) {
    const struct contract_request *row = contract_find_request(text(message, "command"));
    asked[number(message, "seq")] = row;
    if (row == NULL) {
        printf("request %s does not stand in the contract\n", text(message, "command"));
        return;
    }
    request_used[row - contract_requests] = true;
    hold("request", row->command, row->arguments, get(message, "arguments"));
}

static void look_at_event(const cJSON *message) {
    const struct contract_event *row = contract_find_event(text(message, "event"));
    if (row == NULL) {
        printf("event %s does not stand in the contract\n", text(message, "event"));
        return;
    }
    event_used[row - contract_events] = true;
    hold("event", row->name, row->body, get(message, "body"));
}

static void look_at_response(const cJSON *message) {
    const struct contract_request *row = asked[number(message, "request_seq")];
    if (row != NULL && row->answer != NULL && cJSON_IsTrue(get(message, "success")))
        hold("answer to", row->command, row->answer, get(message, "body"));
}

static void look_at_line(const char *line) {
    const char *sent = strstr(line, " link <- "), *received = strstr(line, " link -> ");
    const char *at = sent != NULL ? sent : received;
    cJSON *message = at != NULL ? cJSON_Parse(at + strlen(" link <- ")) : NULL;
    if (message == NULL)
        printf("not understood: %s", line);
    else if (sent != NULL)
        look_at_request(message);
    else if (strcmp(text(message, "type"), "event") == 0)
        look_at_event(message);
    else
        look_at_response(message);
    cJSON_Delete(message);
}

static void tell_unused(void) {
    for (size_t i = 0; contract_requests[i].command != NULL; i++)
        if (!request_used[i])
            printf("request %s was never sent\n", contract_requests[i].command);
    for (size_t i = 0; contract_events[i].name != NULL; i++)
        if (!event_used[i])
            printf("event %s never came\n", contract_events[i].name);
}

int main(void) {
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, stdin) >= 0)
        look_at_line(line);
    free(line);
    tell_unused();
    return 0;
}
