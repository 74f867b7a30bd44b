/* SPDX-License-Identifier: MIT */
#include "export_option.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

void export_option_parse(struct export_option *option, const char *words) {
    const char *equals = strchr(words, '=');
    *option = (struct export_option){.format = export_find(words, (size_t)(equals - words)),
                                     .file = equals + 1};
    assert(option->format != NULL);
}

int export_option_open(struct export_option *option, const char *script,
                       char complaint[COMPLAINT_BYTES]) {
    int error = destination_open(&option->destination, option->file, script);
    if (error == 0)
        return 0;
    return complain(complaint, "cannot export to %.100s: %s", option->file,
                    error == -EEXIST ? "that is the script itself" : strerror(-error));
}

void export_option_close(struct export_option *option) {
    destination_close(&option->destination);
}

int export_option_write(struct export_option *option, const struct figures *figures,
                        const struct measured_settings *measuring) {
    int error = destination_begin(&option->destination);
    if (error != 0)
        return error;
    error = export_write(option->format, option->destination.file, figures, measuring);
    return destination_finish(&option->destination, error);
}
