/* SPDX-License-Identifier: MIT */
#include "requests.h"

#include <stddef.h>

const struct request_entry *const requests_tables[] = {
    initialize_requests,
    launch_requests,
    breakpoints_requests,
    exceptions_requests,
    memory_breakpoints_requests,
    execution_requests,
    inspection_requests,
    values_requests,
    lines_requests,
    measurements_requests,
    export_requests,
    retainers_requests,
    snapshots_requests,
    sources_requests,
    terminate_threads_requests,
    pending_requests,
    restart_requests,
    ending_requests,
    NULL,
};
