/* SPDX-License-Identifier: MIT */
#include "runtime_events.h"

#include "breakpoints.h"
#include "execution.h"
#include "launch.h"
#include "session.h"
#include "sources.h"

#include <string.h>

static const struct {
    const char *event;
    void (*function)(struct session *session, const cJSON *body);
} events[] = {
    {"ready", launch_ready},
    {"stopped", execution_stopped},
    {"breakpoint", breakpoints_changed},
    {"output", breakpoints_printed},
    {"loadedSource", sources_loaded},
    {"snapshot", snapshots_taken},
};

void runtime_events_handle(void *data, const char *event, const cJSON *body) {
    for (size_t i = 0; i < sizeof events / sizeof events[0]; i++)
        if (strcmp(events[i].event, event) == 0)
            events[i].function(data, body);
}
