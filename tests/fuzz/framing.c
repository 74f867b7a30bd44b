/* SPDX-License-Identifier: MIT */
/* The stream of a client, cut in two ways: whole, and into pieces of 1 to 8 bytes. Both must give
   the same messages. */
#include "framing.h"
#include "fuzz.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* What came out, as bytes to compare. */
struct outcome {
    char *bytes;
    size_t size;
};

static void add(struct outcome *outcome, const void *bytes, size_t size) {
    outcome->bytes = realloc(outcome->bytes, outcome->size + size + 1);
    assert(outcome->bytes != NULL);
    memcpy(outcome->bytes + outcome->size, bytes, size);
    outcome->size += size;
}

static void take_all(struct framing *framing, struct outcome *outcome) {
    struct framing_frame frame;
    enum framing_result result;
    while ((result = framing_next(framing, &frame)) != FRAMING_WANTS_MORE) {
        if (result == FRAMING_PROBLEM)
            continue; /* how often it is told may depend on the pieces */
        add(outcome, &frame.size, sizeof frame.size);
        add(outcome, frame.body, frame.size);
        if (frame.size > 0 && frame.body[0] != '{')
            framing_distrust(framing);
    }
}

static struct outcome cut(const char *bytes, size_t size, size_t most) {
    struct framing framing;
    struct outcome outcome = {0};
    framing_init(&framing);
    for (size_t at = 0, piece; at < size; at += piece) {
        piece = most == SIZE_MAX ? size : 1 + (at * 7 + most) % 8;
        piece = piece < size - at ? piece : size - at;
        framing_feed(&framing, bytes + at, piece);
        take_all(&framing, &outcome);
    }
    framing_finish(&framing);
    return outcome;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct outcome whole = cut((const char *)data, size, SIZE_MAX);
    struct outcome pieces = cut((const char *)data, size, size);
    assert(whole.size == pieces.size);
    assert(whole.size == 0 || memcmp(whole.bytes, pieces.bytes, whole.size) == 0);
    free(whole.bytes);
    free(pieces.bytes);
    return 0;
}
