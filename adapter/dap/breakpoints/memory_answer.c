/* SPDX-License-Identifier: MIT */
#include "memory_answer.h"

#include "alloc.h"
#include "program.h"

void memory_answer(struct request *request, const char *name, int count) {
    const struct program *program = request->program;
    bool measured = program == NULL || program->heat.on || !program->link.open;
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON *answers = cJSON_AddArrayToObject(body, name);
    for (int i = 0; i < count; i++) {
        cJSON *one = alloc_checked(cJSON_CreateObject());
        cJSON_AddBoolToObject(one, "verified", measured);
        if (!measured)
            cJSON_AddStringToObject(one, "message", "Memory is not measured in this session");
        cJSON_AddItemToArray(answers, one);
    }
    client_respond(request->client, &request->ticket, body);
}
