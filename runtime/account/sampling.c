/* SPDX-License-Identifier: MIT */
#include "sampling.h"

#include "clock.h"
#include "link.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h> /* here or there is getentropy() */
#include <unistd.h>

/* splitmix64 (Steele, Lea, Flood 2014). */
static uint64_t next_random(struct sampling *sampling) {
    uint64_t mixed = sampling->random += UINT64_C(0x9e3779b97f4a7c15);
    mixed = (mixed ^ mixed >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ mixed >> 31;
}

/* Exponentially distributed, rounded up: a point anywhere in a byte hits that byte. */
static int64_t next_interval(struct sampling *sampling) {
    if (sampling->mean == STACKS_ALL)
        return 1;
    double uniform = (double)((next_random(sampling) >> 11) + 1) * 0x1p-53; /* (0, 1] */
    double bytes = ceil(-log(uniform) * sampling->mean);
    return bytes < 1 ? 1 : (int64_t)bytes;
}

static uint64_t weight_of(const struct sampling *sampling, size_t size) {
    double chance = sampling->mean == STACKS_ALL ? 1 : -expm1(-(double)size / sampling->mean);
    return (uint64_t)(STACKS_PARTS / chance + 0.5);
}

/* About mean + size, so that the product is small. */
static uint64_t bytes_of(const struct sample *sample, size_t size) {
    return (size * sample->weight + STACKS_PARTS / 2) / STACKS_PARTS;
}

/* What it adds to the variance of a sum of bytes: s^2 (1-p)/p^2 (Horvitz, Thompson 1952), of which
   the mean over all samples is the variance. At most mean^2. */
static uint64_t variance_of(const struct sampling *sampling, const struct sample *sample,
                            size_t size) {
    double weight = (double)sample->weight / STACKS_PARTS, share = (double)size / sampling->mean;
    return (uint64_t)(share * share * weight * (weight - 1) * STACKS_PARTS);
}

static uint64_t microseconds_now(void) {
    return (uint64_t)clock_ns() / 1000;
}

int sampling_init(struct sampling *sampling, struct stacks_figures *figures,
                  struct timeline_figures *timeline) {
    *sampling =
        (struct sampling){.until = INT64_MAX, .timeline = timeline, .start = microseconds_now()};
    int error = figures != NULL ? call_tree_init(&sampling->tree, figures) : 0;
    if (figures == NULL || error != 0)
        return error;
    uint64_t seed;
    if (getentropy(&seed, sizeof seed) != 0)
        seed = (uintptr_t)sampling;
    sampling_tune(sampling, SAMPLING_MEAN, seed);
    return 0;
}

void sampling_finish(struct sampling *sampling) {
    for (size_t i = 0; i < sampling->blocks.room; i++)
        free(sampling->blocks.slots[i].value);
    pointer_map_finish(&sampling->blocks);
    call_tree_finish(&sampling->tree);
}

void sampling_tune(struct sampling *sampling, uint32_t mean, uint64_t seed) {
    if (sampling->tree.shared == NULL)
        return;
    sampling->mean = mean;
    sampling->random = seed;
    sampling->tree.shared->mean = mean;
    sampling->until = mean > 0 ? next_interval(sampling) : INT64_MAX;
}

/* Behind the decimal number; NULL if there is none. */
static const char *read_number(const char *text, uint64_t *number) {
    char *end;
    errno = 0;
    *number = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && errno == 0 ? end : NULL;
}

/* False: it is none of the words. */
static bool read_word(const char *text, uint64_t *mean) {
    static const struct {
        const char *word;
        uint32_t mean;
    } words[] = {
        {LINK_STACKS_SAMPLED, SAMPLING_MEAN}, {LINK_STACKS_ALL, STACKS_ALL}, {LINK_STACKS_OFF, 0}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        *mean = words[i].mean;
        if (strcmp(text, words[i].word) == 0)
            return true;
    }
    return false;
}

/* False: it is nothing of the kind. */
static bool read_numbers(const char *text, uint64_t *mean, uint64_t *seed) {
    const char *end = read_number(text, mean);
    if (end != NULL && *end == ':')
        end = read_number(end + 1, seed);
    return end != NULL && *end == '\0';
}

bool sampling_tune_by(struct sampling *sampling, const char *text) {
    uint64_t mean, seed = sampling->random;
    if ((!read_word(text, &mean) && !read_numbers(text, &mean, &seed)) || mean > SAMPLING_MAX_MEAN)
        return false;
    sampling_tune(sampling, (uint32_t)mean, seed);
    return true;
}

/* The points are independent: whatever lies behind this one, the next is as far off as ever. */
bool sampling_is_due(struct sampling *sampling) {
    if (sampling->mean == 0) {
        sampling->until = INT64_MAX;
        return false;
    }
    sampling->until = next_interval(sampling);
    return true;
}

static struct stacks_node *node_of(struct sampling *sampling, const struct sample *sample) {
    return &sampling->tree.shared->nodes[sample->node];
}

static void count(struct sampling *sampling, const struct sample *sample, size_t size) {
    struct stacks_node *node = node_of(sampling, sample);
    node->samples++;
    node->blocks += sample->weight;
    node->allocated += bytes_of(sample, size);
    node->variance += variance_of(sampling, sample, size);
}

bool sampling_add(struct sampling *sampling, const void *block, uint32_t node, size_t size) {
    struct sample *sample = malloc(sizeof *sample);
    if (sample == NULL)
        return false;
    *sample = (struct sample){.node = node, .weight = weight_of(sampling, size)};
    if (pointer_map_put(&sampling->blocks, block, sample) != 0) {
        free(sample);
        return false;
    }
    count(sampling, sample, size);
    return true;
}

void sampling_correct(struct sampling *sampling, const void *block, uint32_t node, size_t size) {
    struct sample *sample = pointer_map_get(&sampling->blocks, block);
    struct stacks_node *wrong = node_of(sampling, sample);
    wrong->samples--;
    wrong->blocks -= sample->weight;
    wrong->allocated -= bytes_of(sample, size);
    wrong->variance -= variance_of(sampling, sample, size);
    sample->node = node;
    count(sampling, sample, size);
}

struct sample *sampling_take(struct sampling *sampling, const void *block) {
    return pointer_map_take(&sampling->blocks, block);
}

static void release(struct sampling *sampling, const struct sample *sample, size_t size,
                    size_t freed) {
    struct stacks_node *node = node_of(sampling, sample);
    node->freed += bytes_of(sample, size) - bytes_of(sample, size - freed);
    node->freed_variance +=
        variance_of(sampling, sample, size) - variance_of(sampling, sample, size - freed);
}

/* The map has room: this is what was taken from it. */
void sampling_put(struct sampling *sampling, const void *block, struct sample *sample, size_t size,
                  size_t freed) {
    release(sampling, sample, size, freed);
    if (pointer_map_put(&sampling->blocks, block, sample) != 0)
        abort();
}

void sampling_drop(struct sampling *sampling, struct sample *sample, size_t size) {
    release(sampling, sample, size, size);
    node_of(sampling, sample)->freed_blocks += sample->weight;
    free(sample);
}

/* ---- the heap's timeline ---- */

static uint32_t count_of(const struct timeline_figures *shared) {
    return atomic_load_explicit(&shared->count, memory_order_relaxed);
}

/* Two stretches become one. */
static void halve(struct timeline_figures *shared) {
    for (size_t i = 0; i < TIMELINE_POINTS / 2; i++) {
        const struct timeline_point *first = &shared->points[2 * i], *second = first + 1;
        shared->points[i] = (struct timeline_point){
            second->microseconds, first->live > second->live ? first->live : second->live};
    }
    shared->stretch *= 2;
    atomic_store_explicit(&shared->count, TIMELINE_POINTS / 2, memory_order_release);
}

static void begin_stretch(struct sampling *sampling, struct timeline_point point) {
    struct timeline_figures *shared = sampling->timeline;
    if (shared->stretch == 0)
        shared->stretch = 1;
    if (count_of(shared) == TIMELINE_POINTS)
        halve(shared);
    shared->points[count_of(shared)] = point;
    atomic_store_explicit(&shared->count, count_of(shared) + 1, memory_order_release);
    sampling->stretch_samples = 1;
}

void sampling_add_heap(struct sampling *sampling, uint64_t microseconds, uint64_t live) {
    struct timeline_figures *shared = sampling->timeline;
    if (sampling->stretch_samples == shared->stretch) {
        begin_stretch(sampling, (struct timeline_point){microseconds, live});
        return;
    }
    struct timeline_point *last = &shared->points[count_of(shared) - 1];
    last->microseconds = microseconds;
    if (last->live < live)
        last->live = live;
    sampling->stretch_samples++;
}

void sampling_note_heap(struct sampling *sampling, uint64_t live) {
    if (sampling->timeline != NULL)
        sampling_add_heap(sampling, microseconds_now() - sampling->start, live);
}
