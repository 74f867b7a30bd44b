/* SPDX-License-Identifier: MIT */
/*
 * dap: the command `luaheat dap`, a Debug Adapter Protocol server: for one session on stdin and
 * stdout, or for those that come to where it listens.
 *
 * Each folder is a room with a wall: protocol/ is what is said with the client, program/ one
 * program that is debugged, with what it prints (output/) and its figures (heat/); breakpoints/,
 * execution/, inspection/ and memory/ are the requests by topic; session/ is the client, what it
 * wants, and its programs; admission/ is who may be one, listen/ where they come in.
 */
#ifndef LUAHEAT_DAP_DAP_H
#define LUAHEAT_DAP_DAP_H

/* Serves until the client disconnects or vanishes, or its listener ends. argv[0] is "dap", options
   follow. The exit code: 0 after a session, 1 when the server could not start, 2 for bad options.
   Descriptors 0, 1 and 2 must be open. 0 and 1 are not the protocol's afterwards: what is written
   to stdout goes to stderr. */
int dap_main(int argc, char **argv);

#endif
