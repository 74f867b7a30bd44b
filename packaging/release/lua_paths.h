/* SPDX-License-Identifier: MIT */
/*
 * lua_paths: where the Lua inside of a release looks for modules. It does not know on which system
 * it will run, so these are the folders of all: of LuaRocks and of what is built by hand
 * (/usr/local), of Debian (by architecture), of Fedora (lib64) and of Arch and Alpine (lib), in the
 * order of Debian's lua5.4.
 */
#ifndef LUAHEAT_LUA_PATHS_H
#define LUAHEAT_LUA_PATHS_H

#if defined(__x86_64__)
#define LUA_MULTIARCH "x86_64-linux-gnu"
#elif defined(__aarch64__)
#define LUA_MULTIARCH "aarch64-linux-gnu"
#endif

#define LUA_PATH_DEFAULT                                                                           \
    "/usr/local/share/lua/5.4/?.lua;/usr/local/share/lua/5.4/?/init.lua;"                          \
    "/usr/local/lib/lua/5.4/?.lua;/usr/local/lib/lua/5.4/?/init.lua;"                              \
    "/usr/share/lua/5.4/?.lua;/usr/share/lua/5.4/?/init.lua;./?.lua;./?/init.lua"

#define LUA_CPATH_DEFAULT                                                                          \
    "/usr/local/lib/lua/5.4/?.so;/usr/local/lib64/lua/5.4/?.so;"                                   \
    "/usr/lib/" LUA_MULTIARCH "/lua/5.4/?.so;/usr/lib64/lua/5.4/?.so;/usr/lib/lua/5.4/?.so;"       \
    "/usr/local/lib/lua/5.4/loadall.so;./?.so"

#endif
