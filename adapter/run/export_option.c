/* SPDX-License-Identifier: MIT */
#include "export_option.h"

#include <errno.h>
#include <string.h>

int export_option_parse(struct export_option *option, const char *words,
                        char complaint[COMPLAINT_BYTES]) {
    const char *equals = strchr(words, '=');
    *option = (struct export_option){0};
    if (equals == NULL || equals[1] == '\0')
        return complain(complaint, "--export takes FORMAT=FILE, not '%.60s'", words);
    option->file = equals + 1;
    option->format = export_find(words, (size_t)(equals - words));
    if (option->format != NULL)
        return 0;
    return complain(complaint, "there is no export format '%.*s'; use " EXPORT_NAMES,
                    equals - words < 60 ? (int)(equals - words) : 60, words);
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
