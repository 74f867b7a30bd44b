/* SPDX-License-Identifier: MIT */
/*
 * measurements: luaheat/measurements, the lines between which a client wants to measure, beside
 * those of the launch.
 */
#include "alloc.h"
#include "configuration.h"
#include "contract_check.h"
#include "memory_answer.h"
#include "program.h"
#include "replay.h"
#include "request_tables.h"
#include "source_line.h"

/* ---- what is asked ---- */

static cJSON *read_place(struct arguments *one, const char *name) {
    struct arguments place = arguments_of(arguments_object(one, name));
    cJSON *read = source_line_read(&place);
    if (place.problem != NULL)
        arguments_reject(one, "In '%s': %s", name, place.problem);
    arguments_finish(&place);
    return read;
}

static cJSON *read_one(struct arguments *arguments, const cJSON *item) {
    struct arguments one = arguments_of(item);
    cJSON *read = alloc_checked(cJSON_CreateObject());
    cJSON_AddStringToObject(read, "name", arguments_required_string(&one, "name"));
    cJSON_AddItemToObject(read, "from", read_place(&one, "from"));
    if (arguments_any(&one, "to") != NULL)
        cJSON_AddItemToObject(read, "to", read_place(&one, "to"));
    if (one.problem != NULL)
        arguments_reject(arguments, "In 'measurements': %s", one.problem);
    arguments_finish(&one);
    return read;
}

static cJSON *read_all(struct arguments *arguments) {
    cJSON *asked = alloc_checked(cJSON_CreateArray());
    const cJSON *item, *items = arguments_array(arguments, "measurements");
    if (items == NULL)
        arguments_reject(arguments, "'measurements' is missing");
    cJSON_ArrayForEach(item, items) {
        if (cJSON_IsObject(item))
            cJSON_AddItemToArray(asked, read_one(arguments, item));
        else
            arguments_reject(arguments, "'measurements' must hold objects, not %s",
                             contract_type_of(item));
    }
    return asked;
}

static void set_measurements(struct request *request) {
    struct program *program = request->program;
    cJSON *asked = read_all(&request->arguments);
    if (request->arguments.problem != NULL) {
        cJSON_Delete(asked);
        return;
    }
    cJSON_Delete(request->configuration->measurements);
    request->configuration->measurements = asked;
    if (program_can_be_asked(program))
        replay_measurements(request->configuration, program);
    memory_answer(request, "measurements", cJSON_GetArraySize(asked));
}

const struct request_entry measurement_requests[] = {
    {"luaheat/measurements", STATE_INITIALIZED, set_measurements, {"luaheat/measurements"}},
    {NULL},
};
