/* SPDX-License-Identifier: MIT */
/*
 * chunk_id: what Lua's messages call a chunk: its luaO_chunkid, but for names that may hold NUL:
 * the same words, the same cuts.
 */
#ifndef LUAHEAT_ADAPTER_CHUNK_ID_H
#define LUAHEAT_ADAPTER_CHUNK_ID_H

#include <stddef.h>

enum { CHUNK_ID_BYTES = 60 }; /* LUA_IDSIZE, its NUL included */

/* name: with its "@" or "=", or the code itself. How many bytes of id it takes; there is no NUL. */
size_t chunk_id(char id[CHUNK_ID_BYTES], const char *name, size_t size);

#endif
