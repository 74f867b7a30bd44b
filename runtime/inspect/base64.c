/* SPDX-License-Identifier: MIT */
#include "base64.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* Up to three bytes as four digits. */
static void encode_group(const unsigned char *bytes, size_t size, char *text) {
    uint32_t group = (uint32_t)bytes[0] << 16;
    if (size > 1)
        group |= (uint32_t)bytes[1] << 8;
    if (size > 2)
        group |= bytes[2];
    memset(text, '=', 4);
    for (size_t i = 0; i <= size; i++)
        text[i] = digits[group >> (18 - 6 * i) & 63];
}

char *base64_encode(const char *bytes, size_t size) {
    size_t groups = (size + 2) / 3;
    char *text = malloc(groups * 4 + 1);
    if (text == NULL)
        return NULL;
    for (size_t i = 0; i < groups; i++) {
        size_t left = size - i * 3;
        encode_group((const unsigned char *)bytes + i * 3, left < 3 ? left : 3, text + i * 4);
    }
    text[groups * 4] = '\0';
    return text;
}

char *base64_decode(const char *text, size_t *size) {
    size_t length = strspn(text, digits);
    size_t padding = strspn(text + length, "=");
    char *bytes = malloc(length / 4 * 3 + 4);
    if (bytes == NULL || text[length + padding] != '\0' || length % 4 == 1 || padding > 2) {
        free(bytes);
        return NULL;
    }
    uint32_t group = 0;
    *size = 0;
    for (size_t i = 0; i < length; i++) {
        group = group << 6 | (uint32_t)(strchr(digits, text[i]) - digits);
        if (i % 4 != 0)
            bytes[(*size)++] = (char)(group >> (6 - i % 4 * 2) & 255);
    }
    return bytes;
}
