/* SPDX-License-Identifier: MIT */
/*
 * The law of the sample: over many allocations of known sizes every estimate lies within SIGMAS
 * standard deviations of the truth, the variance being that of the law. The generator is seeded:
 * whoever changes it may meet one of the seeds in a million that lie outside.
 */
#include "sampling.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <sys/mman.h>

#define SIGMAS 5.0

enum { NODE = STACKS_FIRST_NODE };

static struct sampling sampling;
static struct stacks_figures *shared;
static const struct stacks_node *totals;

static void open_sampling(void) {
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
                  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    cr_assert_eq(sampling_init(&sampling, shared, NULL), 0);
    uint32_t function = call_tree_function(&sampling.tree, 7, 1, "f");
    const struct call_tree_place place = {function, 1, 0};
    cr_assert_eq(call_tree_node(&sampling.tree, STACKS_ROOT, place), NODE);
    totals = &shared->nodes[NODE];
}

static void close_sampling(void) {
    sampling_finish(&sampling);
    munmap(shared, sizeof *shared);
}

TestSuite(sampling, .init = open_sampling, .fini = close_sampling);

static char heap[1 << 24]; /* block number n is at heap + n */

static bool allocate(size_t number, size_t size) {
    return sampling_due(&sampling, size) && sampling_add(&sampling, heap + number, NODE, size);
}

/* What is estimated of one thing, with its variance. */
struct truth {
    double sum, variance;
};

static void add(struct truth *truth, double value, size_t size, double mean) {
    double chance = 1 - exp(-(double)size / mean);
    truth->sum += value;
    truth->variance += value * value * (1 - chance) / chance;
}

static void check(struct truth truth, double estimate, const char *what) {
    double bound = SIGMAS * sqrt(truth.variance) + truth.sum * 1e-5 + 1;
    cr_assert_lt(fabs(estimate - truth.sum), bound, "%s: %g estimated, %g in truth, bound %g", what,
                 estimate, truth.sum, bound);
}

/* Many small blocks, some large: the sizes of a program. */
static size_t size_of(size_t number) {
    static const size_t sizes[] = {40, 56, 56, 24, 33, 120, 1000, 62, 56, 70000};
    return number % 100 == 99 ? 1 << 20 : sizes[number % 10];
}

Test(sampling, estimates_lie_within_the_bounds_of_the_law) {
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct stacks_node before = *totals;
        struct truth bytes = {0}, blocks = {0};
        sampling_tune(&sampling, 64 << 10, seed);
        for (size_t i = 0; i < 200000; i++) {
            add(&bytes, (double)size_of(i), size_of(i), 64 << 10);
            add(&blocks, 1, size_of(i), 64 << 10);
            if (allocate(i, size_of(i)))
                sampling_drop(&sampling, sampling_take(&sampling, heap + i), size_of(i));
        }
        check(bytes, (double)(totals->allocated - before.allocated), "bytes");
        check(blocks, (double)(totals->blocks - before.blocks) / STACKS_PARTS, "blocks");
    }
}

/* Sums over seeds would drift apart if there were a bias far smaller than one seed's bounds. */
Test(sampling, is_not_biased) {
    struct truth bytes = {0};
    for (uint64_t seed = 1; seed <= 300; seed++) {
        sampling_tune(&sampling, 4096, seed);
        for (size_t i = 0; i < 2000; i++) {
            add(&bytes, (double)size_of(i), size_of(i), 4096);
            if (allocate(i, size_of(i)))
                sampling_drop(&sampling, sampling_take(&sampling, heap + i), size_of(i));
        }
    }
    cr_assert_lt(SIGMAS * sqrt(bytes.variance) / bytes.sum, 0.003, "the test is sharp");
    check(bytes, (double)totals->allocated, "bytes");
}

Test(sampling, samples_are_as_many_as_the_law_says) {
    sampling_tune(&sampling, 64 << 10, 42);
    double expected = 0, variance = 0;
    for (size_t i = 0; i < 500000; i++) {
        double chance = 1 - exp(-(double)size_of(i) / (64 << 10));
        expected += chance;
        variance += chance * (1 - chance);
        if (allocate(i, size_of(i)))
            sampling_drop(&sampling, sampling_take(&sampling, heap + i), size_of(i));
    }
    cr_assert_lt(fabs(totals->samples - expected), SIGMAS * sqrt(variance));
}

Test(sampling, what_lives_is_estimated_after_frees) {
    enum { BLOCKS = 500000 };
    static bool sampled[BLOCKS];
    struct truth live = {0};
    sampling_tune(&sampling, 64 << 10, 1);
    for (size_t i = 0; i < BLOCKS; i++)
        sampled[i] = allocate(i, size_of(i));
    for (size_t i = 0; i < BLOCKS; i++) {
        if (i % 3 == 0)
            add(&live, (double)size_of(i), size_of(i), 64 << 10);
        else if (sampled[i])
            sampling_drop(&sampling, sampling_take(&sampling, heap + i), size_of(i));
    }
    check(live, (double)(totals->allocated - totals->freed), "live bytes");
    for (size_t i = 0; i < BLOCKS; i += 3)
        if (sampled[i])
            sampling_drop(&sampling, sampling_take(&sampling, heap + i), size_of(i));
    cr_assert_eq(totals->allocated, totals->freed, "all that was estimated is taken back");
    cr_assert_eq(totals->variance, totals->freed_variance);
    cr_assert_eq(totals->blocks, totals->freed_blocks);
    cr_assert_eq(sampling.blocks.count, 0);
}

Test(sampling, a_block_that_shrinks_gives_back_its_part) {
    sampling_tune(&sampling, 64 << 10, 1);
    while (!allocate(0, 1000))
        ;
    uint64_t whole = totals->allocated;
    sampling_put(&sampling, heap + 1, sampling_take(&sampling, heap), 1000, 250);
    cr_assert_leq(llabs((long long)totals->freed - (long long)whole / 4), 1);
    cr_assert_gt(totals->freed_variance, 0);
    cr_assert_lt(totals->freed_variance, totals->variance);
    cr_assert_null(sampling_take(&sampling, heap), "it has moved");
    sampling_drop(&sampling, sampling_take(&sampling, heap + 1), 750);
    cr_assert_eq(totals->freed, whole);
    cr_assert_eq(totals->freed_variance, totals->variance);
}

Test(sampling, the_calls_can_be_corrected) {
    sampling_tune(&sampling, 64 << 10, 1);
    while (!allocate(0, 1000))
        ;
    struct stacks_node was = *totals;
    const struct stacks_node *right = &shared->nodes[STACKS_OVERFLOW];
    sampling_correct(&sampling, heap, STACKS_OVERFLOW, 1000);
    cr_assert_eq(totals->samples, 0);
    cr_assert_eq(totals->blocks + totals->allocated + totals->variance, 0);
    cr_assert_eq(right->allocated, was.allocated);
    cr_assert_eq(right->blocks, was.blocks);
    sampling_drop(&sampling, sampling_take(&sampling, heap), 1000);
    cr_assert_eq(right->freed, was.allocated);
    cr_assert_eq(totals->freed, 0);
}

/* That of the law, which needs all blocks, on average over the seeds. */
Test(sampling, the_variance_is_estimated) {
    enum { MEAN = 4096, SEEDS = 200 };
    double law = 0;
    for (size_t i = 0; i < 2000; i++) {
        double chance = 1 - exp(-(double)size_of(i) / MEAN);
        law += (double)size_of(i) * (double)size_of(i) * (1 - chance) / chance;
    }
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        sampling_tune(&sampling, MEAN, seed);
        for (size_t i = 0; i < 2000; i++)
            if (allocate(i, size_of(i)))
                sampling_drop(&sampling, sampling_take(&sampling, heap + i), size_of(i));
    }
    double estimate = (double)totals->variance / STACKS_PARTS * MEAN * MEAN / SEEDS;
    cr_assert_float_eq(estimate, law, law * 0.03, "%g estimated, %g by the law", estimate, law);
}

Test(sampling, everything_is_looked_at_and_exact) {
    sampling_tune(&sampling, STACKS_ALL, 1);
    for (size_t i = 0; i < 10000; i++)
        cr_assert(allocate(i, i % 100 + 1));
    cr_assert_eq(totals->allocated, 100 * (100 * 101 / 2));
    cr_assert_eq(totals->blocks, UINT64_C(10000) * STACKS_PARTS);
    cr_assert_eq(totals->variance, 0);
}

Test(sampling, can_be_chosen_by_words) {
    cr_assert(sampling_tune_by(&sampling, "all"));
    cr_assert_eq(shared->mean, STACKS_ALL);
    cr_assert(sampling_tune_by(&sampling, "off"));
    cr_assert_eq(shared->mean, 0);
    cr_assert(sampling_tune_by(&sampling, "sampled"));
    cr_assert_eq(shared->mean, SAMPLING_MEAN);
    cr_assert(sampling_tune_by(&sampling, "512:7"));
    cr_assert_eq(shared->mean, 512);
    static const char *const wrong[] = {"", "some", "All", "512:", "512k"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        cr_assert_not(sampling_tune_by(&sampling, wrong[i]), "%s", wrong[i]);
    cr_assert_eq(shared->mean, 512);
}

Test(sampling, can_be_off) {
    sampling_tune(&sampling, 0, 1);
    for (size_t i = 0; i < 1000; i++)
        cr_assert_not(allocate(i, 1 << 30));
    cr_assert_eq(shared->mean, 0);
}
