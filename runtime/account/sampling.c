/* SPDX-License-Identifier: MIT */
#include "sampling.h"

#include <math.h>
#include <stdlib.h>
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
    double uniform = (double)((next_random(sampling) >> 11) + 1) * 0x1p-53; /* (0, 1] */
    double bytes = ceil(-log(uniform) * sampling->mean);
    return bytes < 1 ? 1 : (int64_t)bytes;
}

static uint64_t weight_of(const struct sampling *sampling, size_t size) {
    double chance = -expm1(-(double)size / sampling->mean);
    return (uint64_t)(STACKS_PARTS / chance + 0.5);
}

/* About mean + size, so that the product is small. */
static uint64_t bytes_of(const struct sample *sample, size_t size) {
    return (size * sample->weight + STACKS_PARTS / 2) / STACKS_PARTS;
}

int sampling_init(struct sampling *sampling, struct stacks_figures *figures) {
    *sampling = (struct sampling){.until = INT64_MAX};
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
    sample->node = node;
    count(sampling, sample, size);
}

struct sample *sampling_take(struct sampling *sampling, const void *block) {
    return pointer_map_take(&sampling->blocks, block);
}

static void release(struct sampling *sampling, const struct sample *sample, size_t size,
                    size_t freed) {
    node_of(sampling, sample)->freed += bytes_of(sample, size) - bytes_of(sample, size - freed);
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
