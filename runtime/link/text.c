/* SPDX-License-Identifier: MIT */
#include "text.h"

#include "byte_run.h"

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

/* What stands for itself at the beginning; 0: the first byte does not. */
static size_t kept_sequence(const char *bytes, size_t size) {
    return *bytes == '\0' ? 0 : text_sequence(bytes, size);
}

/* How many bytes do not stand for themselves. */
static size_t count_escaped(const char *bytes, size_t size) {
    size_t count = 0;
    for (size_t i = 0; i < size;) {
        size_t length = byte_run(bytes + i, size - i, byte_run_unascii);
        if (length == 0)
            length = kept_sequence(bytes + i, size - i);
        count += length == 0;
        i += length > 0 ? length : 1;
    }
    return count;
}

/* As \xNN. The end of it. */
static char *write_byte(char *to, char byte) {
    unsigned char number = (unsigned char)byte;
    const char digits[] = {'\\', 'x', TEXT_HEX[number >> 4], TEXT_HEX[number & 15]};
    memcpy(to, digits, sizeof digits);
    return to + sizeof digits;
}

static void write_escaped(char *to, const char *bytes, size_t size) {
    for (size_t i = 0; i < size;) {
        size_t length = kept_sequence(bytes + i, size - i);
        if (length == 0) {
            to = write_byte(to, bytes[i++]);
        } else {
            memcpy(to, bytes + i, length);
            to += length;
            i += length;
        }
    }
}

char *text_escape(const char *bytes, size_t size) {
    if (size > (SIZE_MAX - 1) / 4)
        return NULL;
    size_t escaped = count_escaped(bytes, size);
    char *text = malloc(size + 3 * escaped + 1);
    if (text == NULL)
        return NULL;
    if (escaped > 0)
        write_escaped(text, bytes, size);
    else if (size > 0)
        memcpy(text, bytes, size);
    text[size + 3 * escaped] = '\0';
    return text;
}
