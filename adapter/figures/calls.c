/* SPDX-License-Identifier: MIT */
#include "calls.h"

#include "callees.h"
#include "sort.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

/* By node of the sampled tree. */
struct work {
    const struct sampled *sampled;
    struct callees_change *own;
    double *sizes;
    uint32_t *order;  /* the largest first; the root is not in it */
    uint32_t *places; /* in what is told: its own, or that of the call that it is in */
    uint32_t *others; /* by what is told: where its smaller calls are; 0: nowhere */
};

static void finish(struct work *work) {
    free(work->own);
    free(work->sizes);
    free(work->order);
    free(work->places);
    free(work->others);
}

static int begin(struct work *work) {
    size_t count = work->sampled->node_count;
    work->own = calloc(count, sizeof *work->own);
    work->sizes = calloc(count, sizeof *work->sizes);
    work->order = calloc(count, sizeof *work->order);
    work->places = calloc(count, sizeof *work->places);
    work->others = calloc(count, sizeof *work->others);
    bool had = work->own != NULL && work->sizes != NULL && work->order != NULL &&
               work->places != NULL && work->others != NULL;
    return had ? 0 : -ENOMEM;
}

static void measure(struct work *work, const struct figures *figures,
                    const struct snapshot *since) {
    static const struct callees nothing;
    for (size_t i = 1; i < work->sampled->node_count; i++) {
        struct callees now = callees_own(&figures->stacks.nodes[i]);
        const struct callees *then = i < since->call_count ? &since->calls[i] : &nothing;
        work->own[i] = callees_between(&nothing, &now);
        work->own[i].growth = callees_between(then, &now).growth;
    }
}

/* ---- the largest ---- */

static double allocated_of(const struct callees_change *own) {
    return fabs((double)own->allocated.bytes);
}

static double live_of(const struct callees_change *own) {
    return fabs((double)own->live.bytes);
}

static double growth_of(const struct callees_change *own) {
    return fabs((double)own->growth.bytes);
}

/* `totals` is room. */
static void add_shares(const struct work *work, double figure(const struct callees_change *),
                       double *totals) {
    size_t count = work->sampled->node_count;
    for (size_t i = 0; i < count; i++)
        totals[i] = figure(&work->own[i]);
    for (size_t i = count; i-- > 1;)
        totals[work->sampled->nodes[i].parent] += totals[i];
    for (size_t i = 1; i < count && totals[STACKS_ROOT] > 0; i++)
        work->sizes[i] = fmax(work->sizes[i], totals[i] / totals[STACKS_ROOT]);
}

/* Of equal ones the outer one is first, which comes before the inner one in the tree. */
static int compare(const void *left, const void *right, void *data) {
    const double *sizes = data;
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    if (sizes[a] != sizes[b])
        return sizes[a] > sizes[b] ? -1 : 1;
    return (a > b) - (a < b);
}

static int put_in_order(struct work *work) {
    size_t count = work->sampled->node_count;
    double *totals = calloc(count, sizeof *totals);
    if (totals == NULL)
        return -ENOMEM;
    add_shares(work, allocated_of, totals);
    add_shares(work, live_of, totals);
    add_shares(work, growth_of, totals);
    free(totals);
    for (size_t i = 1; i < count; i++)
        work->order[i - 1] = (uint32_t)i;
    sort(work->order, count - 1, sizeof *work->order, compare, work->sizes);
    return 0;
}

/* ---- what is told ---- */

static void add(struct callees_estimate *to, const struct callees_estimate *more) {
    to->bytes = lines_sum(to->bytes, more->bytes);
    to->variance += more->variance;
}

/* To the smaller calls of the call of this place. */
static void add_to_others(struct calls *calls, struct work *work, uint32_t place,
                          const struct callees_change *own) {
    uint32_t outermost = (uint32_t)work->sampled->node_count - 1; /* has the last of the places */
    uint32_t *other = &work->others[place == CALLS_OUTERMOST ? outermost : place];
    if (*other == 0) {
        *other = (uint32_t)calls->count;
        calls->nodes[calls->count++] =
            (struct calls_node){.parent = place, .function = CALLS_OTHER};
    }
    struct callees_change *sum = &calls->nodes[*other].own;
    add(&sum->allocated, &own->allocated);
    add(&sum->live, &own->live);
    add(&sum->growth, &own->growth);
}

/* In the order of the tree: parents first. */
static void tell_largest(struct calls *calls, struct work *work, size_t limit) {
    const struct sampled_node *nodes = work->sampled->nodes;
    double least = work->sizes[work->order[limit - 1]];
    uint32_t last = work->order[limit - 1];
    work->places[STACKS_ROOT] = CALLS_OUTERMOST;
    for (uint32_t i = 1; i < work->sampled->node_count; i++) {
        uint32_t parent = work->places[nodes[i].parent];
        bool told = work->sizes[i] > 0 &&
                    (work->sizes[i] > least || (work->sizes[i] == least && i <= last));
        work->places[i] = told ? (uint32_t)calls->count : parent;
        if (told)
            calls->nodes[calls->count++] =
                (struct calls_node){parent, nodes[i].function, nodes[i].line, work->own[i]};
    }
}

static void tell(struct calls *calls, struct work *work, size_t limit) {
    size_t count = work->sampled->node_count;
    tell_largest(calls, work, limit);
    size_t told = calls->count;
    for (uint32_t i = 1, next = 0; i < count; i++) {
        if (next < told && work->places[i] == next) {
            next++; /* the first of a place is the one that is told */
        } else if (work->sizes[i] > 0) {
            add_to_others(calls, work, work->places[i], &work->own[i]);
            calls->dropped++;
        }
    }
}

int calls_read(struct calls *calls, const struct sampled *sampled, const struct figures *figures,
               const struct snapshot *since, size_t limit) {
    *calls = (struct calls){0};
    size_t most = sampled->node_count - 1;
    struct work work = {.sampled = sampled};
    if (most == 0 || limit == 0)
        return 0;
    calls->nodes = calloc(2 * most + 1, sizeof *calls->nodes);
    int error = begin(&work);
    if (error == 0 && calls->nodes == NULL)
        error = -ENOMEM;
    if (error == 0) {
        measure(&work, figures, since);
        error = put_in_order(&work);
    }
    if (error == 0)
        tell(calls, &work, limit < most ? limit : most);
    finish(&work);
    return error;
}

void calls_finish(struct calls *calls) {
    free(calls->nodes);
    *calls = (struct calls){0};
}
