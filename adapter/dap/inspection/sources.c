/* SPDX-License-Identifier: MIT */
#include "sources.h"

#include "alloc.h"
#include "forward.h"
#include "requests.h"
#include "session.h"

void sources_loaded(struct session *session, const cJSON *body) {
    client_event(&session->client, "loadedSource", alloc_checked(cJSON_Duplicate(body, true)));
}

/* Without a program nothing is loaded. */
static void loaded_sources(struct session *session, struct request *request) {
    cJSON *none = alloc_checked(cJSON_CreateObject());
    cJSON_AddArrayToObject(none, "sources");
    if (session->link.open && session->launch.ready)
        forward_with(session, request, NULL, NULL, none);
    else
        client_respond(&session->client, &request->ticket, none);
}

const struct request_entry sources_requests[] = {
    {"loadedSources", STATE_INITIALIZED, loaded_sources, {"supportsLoadedSourcesRequest"}},
    {NULL},
};
