/* SPDX-License-Identifier: MIT */
/*
 * pprof: perftools.profiles.Profile of google/pprof's profile.proto, gzipped. The sample types are
 * those of Go's heap profiles, so that tools know what to do with them.
 */
#include "call_tree.h"
#include "export.h"
#include "protobuf.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zlib.h>

/* Numbers of fields. */
enum { PROFILE_SAMPLE_TYPE = 1, PROFILE_SAMPLE = 2, PROFILE_MAPPING = 3, PROFILE_LOCATION = 4 };
enum { PROFILE_FUNCTION = 5, PROFILE_STRING_TABLE = 6, PROFILE_TIME_NANOS = 9 };
enum { PROFILE_PERIOD_TYPE = 11, PROFILE_PERIOD = 12, PROFILE_DEFAULT_SAMPLE_TYPE = 14 };
enum { VALUE_TYPE = 1, VALUE_UNIT = 2, SAMPLE_LOCATION = 1, SAMPLE_VALUE = 2 };
enum { MAPPING_ID = 1, MAPPING_FILE = 5, MAPPING_HAS_FUNCTIONS = 7, MAPPING_HAS_INLINE = 10 };
enum { LOCATION_ID = 1, LOCATION_MAPPING = 2, LOCATION_LINE = 4, LINE_FUNCTION = 1, LINE_LINE = 2 };
enum { FUNCTION_ID = 1, FUNCTION_NAME = 2, FUNCTION_SYSTEM = 3, FUNCTION_FILE = 4 };
enum { FUNCTION_START = 5 };

/* The first strings; those of function f follow: its name, its file. */
enum { EMPTY, COUNT, BYTES, SPACE, LUA, TYPES, FIRST_FREE = TYPES + SAMPLED_FIGURES };

static const char *const strings[FIRST_FREE] = {
    [EMPTY] = "",
    [COUNT] = "count",
    [BYTES] = "bytes",
    [SPACE] = "space",
    [LUA] = "lua",
    [TYPES + SAMPLED_ALLOCATIONS] = "alloc_objects",
    [TYPES + SAMPLED_ALLOCATED] = "alloc_space",
    [TYPES + SAMPLED_OBJECTS] = "inuse_objects",
    [TYPES + SAMPLED_LIVE] = "inuse_space",
};

struct profile {
    struct protobuf message, inner, innermost;
    const struct sampled *sampled;
    struct places places;
};

static void add_value_type(struct profile *profile, unsigned field, uint64_t type, uint64_t unit) {
    protobuf_number(&profile->inner, VALUE_TYPE, type);
    protobuf_number(&profile->inner, VALUE_UNIT, unit);
    protobuf_message(&profile->message, field, &profile->inner);
}

static void add_types(struct profile *profile) {
    for (unsigned i = 0; i < SAMPLED_FIGURES; i++) {
        bool counts = i == SAMPLED_ALLOCATIONS || i == SAMPLED_OBJECTS;
        add_value_type(profile, PROFILE_SAMPLE_TYPE, TYPES + i, counts ? COUNT : BYTES);
    }
    add_value_type(profile, PROFILE_PERIOD_TYPE, SPACE, BYTES);
    protobuf_number(&profile->message, PROFILE_PERIOD, profile->sampled->mean);
    protobuf_number(&profile->message, PROFILE_DEFAULT_SAMPLE_TYPE, TYPES + SAMPLED_LIVE);
}

/* The innermost call first; as many as there are. */
static size_t find_path(const struct profile *profile, uint32_t node, uint64_t *locations) {
    size_t count = 0;
    for (; node != STACKS_ROOT; node = profile->sampled->nodes[node].parent)
        locations[count++] = profile->places.of_nodes[node] + 1;
    return count;
}

static void add_samples(struct profile *profile, uint64_t *locations) {
    for (uint32_t i = 1; i < profile->sampled->node_count; i++) {
        const struct sampled_node *node = &profile->sampled->nodes[i];
        if (node->figures[SAMPLED_ALLOCATED] == 0)
            continue;
        size_t count = find_path(profile, i, locations);
        protobuf_numbers(&profile->inner, SAMPLE_LOCATION, locations, count);
        protobuf_numbers(&profile->inner, SAMPLE_VALUE, node->figures, SAMPLED_FIGURES);
        protobuf_message(&profile->message, PROFILE_SAMPLE, &profile->inner);
    }
}

/* Says that there is nothing to be looked up in a binary. */
static void add_mapping(struct profile *profile) {
    protobuf_number(&profile->inner, MAPPING_ID, 1);
    protobuf_number(&profile->inner, MAPPING_FILE, LUA);
    for (unsigned field = MAPPING_HAS_FUNCTIONS; field <= MAPPING_HAS_INLINE; field++)
        protobuf_number(&profile->inner, field, true);
    protobuf_message(&profile->message, PROFILE_MAPPING, &profile->inner);
}

static void add_locations(struct profile *profile) {
    for (size_t i = 0; i < profile->places.count; i++) {
        const struct sampled_node *node = &profile->sampled->nodes[profile->places.nodes[i]];
        protobuf_number(&profile->innermost, LINE_FUNCTION, node->function + 1);
        protobuf_number(&profile->innermost, LINE_LINE, node->line);
        protobuf_number(&profile->inner, LOCATION_ID, i + 1);
        protobuf_number(&profile->inner, LOCATION_MAPPING, 1);
        protobuf_message(&profile->inner, LOCATION_LINE, &profile->innermost);
        protobuf_message(&profile->message, PROFILE_LOCATION, &profile->inner);
    }
}

static void add_functions(struct profile *profile) {
    for (size_t i = 0; i < profile->sampled->function_count; i++) {
        protobuf_number(&profile->inner, FUNCTION_ID, i + 1);
        protobuf_number(&profile->inner, FUNCTION_NAME, FIRST_FREE + 2 * i);
        protobuf_number(&profile->inner, FUNCTION_SYSTEM, FIRST_FREE + 2 * i);
        protobuf_number(&profile->inner, FUNCTION_FILE, FIRST_FREE + 2 * i + 1);
        protobuf_number(&profile->inner, FUNCTION_START, profile->sampled->functions[i].line);
        protobuf_message(&profile->message, PROFILE_FUNCTION, &profile->inner);
    }
}

static void add_string(struct profile *profile, const char *text) {
    protobuf_text(&profile->message, PROFILE_STRING_TABLE, text, strlen(text));
}

static void add_strings(struct profile *profile) {
    for (size_t i = 0; i < FIRST_FREE; i++)
        add_string(profile, strings[i]);
    for (size_t i = 0; i < profile->sampled->function_count; i++) {
        add_string(profile, profile->sampled->functions[i].name);
        add_string(profile, profile->sampled->functions[i].file);
    }
}

static void add_time(struct profile *profile) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    protobuf_number(&profile->message, PROFILE_TIME_NANOS,
                    (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec);
}

static int build(struct profile *profile) {
    uint64_t *locations = calloc(profile->sampled->node_count, sizeof *locations);
    int error = locations != NULL ? places_find(&profile->places, profile->sampled) : -ENOMEM;
    if (error == 0) {
        add_types(profile);
        add_samples(profile, locations);
        add_mapping(profile);
        add_locations(profile);
        add_functions(profile);
        add_strings(profile);
        add_time(profile);
    }
    free(locations);
    return profile->message.failed ? -ENOMEM : error;
}

static int write_gzipped(FILE *file, const uint8_t *bytes, size_t size) {
    enum { GZIP = 15 + 16, MEMORY = 8 };
    z_stream stream = {0};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GZIP, MEMORY,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        return -ENOMEM;
    size_t room = deflateBound(&stream, size);
    uint8_t *packed = malloc(room);
    stream.next_in = (uint8_t *)bytes;
    stream.avail_in = (unsigned)size;
    stream.next_out = packed;
    stream.avail_out = (unsigned)room;
    bool done = packed != NULL && deflate(&stream, Z_FINISH) == Z_STREAM_END;
    if (done)
        fwrite(packed, 1, stream.total_out, file);
    deflateEnd(&stream);
    free(packed);
    return done ? 0 : -ENOMEM;
}

int pprof_write(FILE *file, const struct export *export) {
    struct profile profile = {.sampled = &export->sampled};
    int error = build(&profile);
    if (error == 0)
        error = write_gzipped(file, profile.message.bytes.items, profile.message.bytes.count);
    places_finish(&profile.places);
    protobuf_finish(&profile.message);
    protobuf_finish(&profile.inner);
    protobuf_finish(&profile.innermost);
    return error;
}
