/* SPDX-License-Identifier: MIT */
#include "flushed.h"

#include <criterion/criterion.h>
#include <errno.h>

/* Each count leaves another part of the text in the stream's own buffer, down to nothing. */
Test(flushed, a_full_device_says_why_however_much_was_written) {
    for (int count = 1; count < 200; count++) {
        char buffer[64];
        FILE *file = fopen("/dev/full", "w");
        setvbuf(file, buffer, _IOFBF, sizeof buffer);
        for (int i = 0; i < count; i++)
            putc('x', file);
        cr_expect_eq(flushed(file), -ENOSPC, "%d bytes", count);
        fclose(file);
    }
}

Test(flushed, what_has_arrived_is_no_failure) {
    FILE *file = tmpfile();
    fputs("text", file);
    cr_expect_eq(flushed(file), 0);
    fclose(file);
}
