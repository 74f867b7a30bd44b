/* SPDX-License-Identifier: MIT */
/*
 * serve_client: a session from its first byte to its last: what the client sends is cut into
 * messages, and each request is handed to whom it is for.
 */
#ifndef LUAHEAT_DAP_SERVE_CLIENT_H
#define LUAHEAT_DAP_SERVE_CLIENT_H

struct admission;
struct log;

/* Serves one client on the two descriptors (which it takes) until the session is over. admission:
   whether he may come in; NULL: there is no question. 0 or UV_E...: the session could not start. */
int serve_client(int in_fd, int out_fd, struct log *log, struct admission *admission);

#endif
