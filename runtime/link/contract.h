/* SPDX-License-Identifier: MIT */
/*
 * contract: all that is said over the link: every request with its arguments, every event with its
 * body. The adapter sends only what stands here; the runtime answers by it what it does not know,
 * what comes at the wrong time and what has the wrong arguments, so that a function that answers a
 * request finds them right. How messages look and in which order they come: link.h.
 *
 * A request that passes on what DAP says has DAP's name and arguments, as far as anybody reads
 * them. One that DAP does not have is luaheat/..., if clients send it too, or has a name of ours.
 *
 * This is a table and knows no JSON; contract_check.h holds messages against it.
 */
#ifndef LUAHEAT_LINK_CONTRACT_H
#define LUAHEAT_LINK_CONTRACT_H

#include <stdbool.h>

enum contract_type {
    CONTRACT_TEXT,
    CONTRACT_TEXTS, /* a list */
    CONTRACT_FLAG,
    CONTRACT_NUMBER, /* any; who reads it says what it may be */
    CONTRACT_COUNT,  /* a whole number from 0 to 2^31-1: also lines, ids, references */
    CONTRACT_COUNTS,
    CONTRACT_OBJECT,
    CONTRACT_OBJECTS
};

/* A member of an object. */
struct contract_member {
    const char *name; /* NULL ends the members of one */
    enum contract_type type;
    bool required;
    const struct contract_member *members; /* of the object or objects; NULL: as DAP has them */
};

/* When the runtime does what a request asks. At another time it is refused. */
enum contract_time {
    CONTRACT_ANY_TIME,
    CONTRACT_STARTED, /* once there is a Lua state: the program runs or is stopped */
    CONTRACT_STOPPED
};

/* Its members are in the order in which a row reads. */
// NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding)
struct contract_request {
    const char *command; /* NULL ends the list */
    enum contract_time time;
    const struct contract_member *arguments;
    const struct contract_member *answer; /* its body; NULL: as DAP has it */
    bool changes_values;                  /* what a client has seen of values may be untrue then */
};

struct contract_event {
    const char *name; /* NULL ends the list */
    const struct contract_member *body;
};

extern const struct contract_request contract_requests[];
extern const struct contract_event contract_events[];

/* NULL: there is none of that name. */
const struct contract_request *contract_find_request(const char *command);
const struct contract_event *contract_find_event(const char *name);

#endif
