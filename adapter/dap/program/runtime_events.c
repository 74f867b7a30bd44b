/* SPDX-License-Identifier: MIT */
#include "runtime_events.h"

#include "breakpoints.h"
#include "execution.h"
#include "launch.h"
#include "session.h"
#include "sources.h"

#include <string.h>

/* An event whose body was longer than the link takes comes without it: some say nothing then. */
static const struct {
    const char *event;
    void (*function)(struct session *session, const cJSON *body);
    bool needs_body;
} events[] = {
    {"ready", launch_ready, false},
    {"stopped", execution_stopped, false},
    {"breakpoint", breakpoints_changed, true},
    {"output", breakpoints_printed, false},
    {"loadedSource", sources_loaded, true},
    {"snapshot", snapshots_taken, false},
};

void runtime_events_handle(void *data, const char *event, const cJSON *body) {
    for (size_t i = 0; i < sizeof events / sizeof events[0]; i++)
        if (strcmp(events[i].event, event) == 0 && (body != NULL || !events[i].needs_body))
            events[i].function(data, body);
}
