/* SPDX-License-Identifier: MIT */
/*
 * occupied: is somebody through a door? The one place that knows where this OS tells of sockets.
 */
#ifndef LUAHEAT_DOORS_OCCUPIED_H
#define LUAHEAT_DOORS_OCCUPIED_H

enum occupied { OCCUPIED_UNKNOWN, OCCUPIED_NO, OCCUPIED_YES };

/* Whether a connection through the door at that path is open. The program at it is not disturbed.
   Unknown: this OS does not tell, or the program is in another network namespace. */
enum occupied occupied_at(const char *path);

#endif
