/* SPDX-License-Identifier: MIT */
#include "text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static bool continues(const unsigned char *at, size_t size, size_t count) {
    if (size <= count)
        return false;
    for (size_t i = 1; i <= count; i++)
        if ((at[i] & 0xc0) != 0x80)
            return false;
    return true;
}

/* RFC 3629, section 4: the second byte of E0, ED, F0 and F4 has a narrower range. */
size_t text_sequence(const char *bytes, size_t size) {
    const unsigned char *at = (const unsigned char *)bytes;
    if (size == 0)
        return 0;
    if (at[0] < 0x80)
        return 1;
    if (at[0] >= 0xc2 && at[0] <= 0xdf)
        return continues(at, size, 1) ? 2 : 0;
    if ((at[0] & 0xf0) == 0xe0 && continues(at, size, 2)) {
        bool overlong = at[0] == 0xe0 && at[1] < 0xa0;
        bool surrogate = at[0] == 0xed && at[1] > 0x9f;
        return overlong || surrogate ? 0 : 3;
    }
    if (at[0] >= 0xf0 && at[0] <= 0xf4 && continues(at, size, 3)) {
        bool overlong = at[0] == 0xf0 && at[1] < 0x90;
        bool beyond = at[0] == 0xf4 && at[1] > 0x8f;
        return overlong || beyond ? 0 : 4;
    }
    return 0;
}

size_t text_cut(const char *bytes, size_t size, size_t most) {
    if (size <= most)
        return size;
    for (size_t back = 1; back <= 3 && back <= most; back++)
        if (text_sequence(bytes + most - back, size - most + back) > back)
            return most - back;
    return most;
}

bool text_valid(const char *bytes, size_t size) {
    for (size_t i = 0; i < size;) {
        size_t length = text_sequence(bytes + i, size - i);
        if (length == 0)
            return false;
        i += length;
    }
    return true;
}

/* As \xNN. The end of it. */
static char *write_byte(char *to, char byte) {
    unsigned char number = (unsigned char)byte;
    const char digits[] = {'\\', 'x', TEXT_HEX[number >> 4], TEXT_HEX[number & 15]};
    memcpy(to, digits, sizeof digits);
    return to + sizeof digits;
}

char *text_escape(const char *bytes, size_t size) {
    if (size > (SIZE_MAX - 1) / 4)
        return NULL;
    char *text = malloc(size * 4 + 1);
    if (text == NULL)
        return NULL;
    char *end = text;
    for (size_t i = 0; i < size;) {
        size_t length = bytes[i] == '\0' ? 0 : text_sequence(bytes + i, size - i);
        if (length == 0) {
            end = write_byte(end, bytes[i++]);
        } else {
            memcpy(end, bytes + i, length);
            end += length;
            i += length;
        }
    }
    *end = '\0';
    return text;
}
