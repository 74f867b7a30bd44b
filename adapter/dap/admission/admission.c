/* SPDX-License-Identifier: MIT */
#include "admission.h"

#include "framing.h"
#include "token.h"

#include <string.h>
#include <strings.h>

bool admission_receive(struct admission *admission, size_t size) {
    admission->received += size;
    return admission->passed || admission->received <= ADMISSION_BYTES;
}

static bool is(const struct message *message, const char *command) {
    return strcmp(message->command, command) == 0;
}

static bool begins(const struct message *message) {
    return is(message, "launch") || is(message, "attach");
}

/* NULL: none. */
static const char *token_given(const struct framing_frame *frame, const struct message *message) {
    static const char scheme[] = "Bearer ";
    size_t size = sizeof scheme - 1;
    if (frame->authorization != NULL)
        return strncasecmp(frame->authorization, scheme, size) == 0 ? frame->authorization + size
                                                                    : "";
    if (!is(message, "initialize") && !begins(message))
        return NULL;
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(message->arguments, "token"));
}

static enum admission_verdict refuse(const char **problem, const char *text) {
    *problem = text;
    return ADMISSION_REFUSED;
}

static enum admission_verdict end(const char **problem, const char *text) {
    *problem = text;
    return ADMISSION_ENDED;
}

static enum admission_verdict admit(struct admission *admission) {
    admission->passed = true;
    if (admission->on_admitted != NULL)
        admission->on_admitted(admission->data);
    return ADMISSION_PASSES;
}

static enum admission_verdict judge_token(struct admission *admission, const char *given,
                                          const struct message *message, const char **problem) {
    if (given == NULL && is(message, "initialize"))
        return ADMISSION_PASSES;
    if (given == NULL && begins(message))
        return refuse(problem, "This luaheat lets in only who has its token: give it as 'token' in "
                               "the configuration");
    if (given == NULL)
        return refuse(problem, "This luaheat lets in only who has its token: 'launch' or 'attach' "
                               "must give it before anything else is asked");
    if (!token_matches(admission->token, given))
        return refuse(problem, "The token is not the one of this luaheat");
    return admit(admission);
}

enum admission_verdict admission_judge(struct admission *admission,
                                       const struct framing_frame *frame,
                                       enum message_verdict verdict, const struct message *message,
                                       const char **problem) {
    if (verdict != MESSAGE_REQUEST)
        return end(problem, "not a request, from somebody who has not been let in");
    admission->heard = true;
    if (is(message, "disconnect"))
        return ADMISSION_PASSES;
    if (admission->turned_away != NULL)
        return refuse(problem, admission->turned_away);
    if (admission->token != NULL)
        return judge_token(admission, token_given(frame, message), message, problem);
    if (!is(message, "initialize"))
        return refuse(problem, "The session must start with the request 'initialize'");
    return admit(admission);
}
