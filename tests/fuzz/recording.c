/* SPDX-License-Identifier: MIT */
/* What `luaheat diff` reads: any bytes are a recording or a complaint. */
#include "recording.h"
#include "complain.h"
#include "fuzz.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

/* What the header promises of a recording. */
static void check(const struct recording *recording) {
    for (size_t i = 0; i < recording->count; i++) {
        const struct recorded_file *file = &recording->files[i];
        assert(i == 0 || strcmp(recording->files[i - 1].source, file->source) < 0);
        for (size_t k = 1; k < file->count; k++)
            assert(file->lines[k - 1].line < file->lines[k].line);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct recording recording;
    char complaint[COMPLAINT_BYTES] = "";
    int error = recording_parse(&recording, (const char *)data, size, "a recording", complaint);
    assert(error == 0 || (error == -EINVAL && complaint[0] != '\0'));
    if (error == 0)
        check(&recording);
    recording_finish(&recording);
    return 0;
}
