/* SPDX-License-Identifier: MIT */
#include "json_text.h"

#include <string.h>

void json_text_write(FILE *file, const char *text) {
    putc('"', file);
    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte == '"' || byte == '\\')
            fprintf(file, "\\%c", byte);
        else if (byte < ' ' || byte == 0x7f)
            fprintf(file, "\\u%04x", byte);
        else
            putc(byte, file);
    }
    putc('"', file);
}

void json_text_write_url(FILE *file, const char *path) {
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-._~";
    fputs("\"file://", file);
    for (; *path != '\0'; path++)
        if (strchr(plain, *path) != NULL)
            putc(*path, file);
        else
            fprintf(file, "%%%02X", (unsigned char)*path);
    putc('"', file);
}
