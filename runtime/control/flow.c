/* SPDX-License-Identifier: MIT */
/*
 * Instructions are those of Lua 5.4.0 to 5.4.9 (lopcodes.h; they did not change): the opcode in the
 * lowest 7 bits, a jump's distance in the highest 17 or 25.
 */
#include "flow.h"

#include "dump.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum opcode {
    LOADKX = 4,
    LFALSESKIP = 6,
    ADDI = 21, /* from here to SHR: arithmetic, and behind it its metamethod */
    SHR = 45,
    JMP = 56,
    EQ = 57, /* from here to TESTSET: a test, and behind it a jump */
    TESTSET = 67,
    TAILCALL = 69,
    RETURN = 70,
    RETURN1 = 72,
    FORLOOP = 73,
    FORPREP = 74,
    TFORPREP = 75,
    TFORCALL = 76,
    TFORLOOP = 77
};

/* Steps from instruction to instruction, for each of a function's. */
enum { MOST_EFFORT = 100 };

struct maker {
    const struct dump_function *function;
    struct flow *flow;
    uint32_t *place_at; /* by instruction; 0: none */
    uint32_t *seen_from;
    uint32_t *stack;
    size_t effort;
};

static uint32_t instruction(const struct dump_function *function, size_t pc) {
    uint32_t word = 0;
    if (pc < function->count)
        memcpy(&word, function->code + pc * sizeof word, sizeof word);
    return word;
}

static enum opcode opcode(const struct dump_function *function, size_t pc) {
    return (enum opcode)(instruction(function, pc) & 0x7f);
}

static size_t distance(const struct dump_function *function, size_t pc) {
    return instruction(function, pc) >> 15;
}

static size_t jump(const struct dump_function *function, size_t pc) {
    enum { ZERO = (1 << 24) - 1 };
    return pc + 1 + (instruction(function, pc) >> 7) - ZERO;
}

bool flow_ends_loop(const struct dump_function *function, size_t pc) {
    enum opcode op = opcode(function, pc);
    return op == FORLOOP || op == TFORCALL;
}

/* Where a TFORLOOP leads. The VM runs it together with what is before it. */
static void loop(const struct dump_function *function, size_t pc, size_t next[2]) {
    next[0] = pc + 1 - distance(function, pc);
    next[1] = pc + 1;
}

/* What can come after an instruction, for a hook: at most two; those that are none are beyond the
   end. A jump behind a test is run together with it. */
static void find_next(const struct dump_function *function, size_t pc, size_t next[2]) {
    enum opcode op = opcode(function, pc);
    next[0] = pc + 1;
    next[1] = function->count;
    if (op == JMP) {
        next[0] = jump(function, pc);
    } else if (op >= EQ && op <= TESTSET) {
        next[0] = pc + 2;
        next[1] = jump(function, pc + 1);
    } else if (op >= ADDI && op <= SHR) {
        next[1] = pc + 2;
    } else if (op == LFALSESKIP || op == LOADKX) {
        next[0] = pc + 2;
    } else if (op >= RETURN && op <= RETURN1) {
        next[0] = function->count;
    } else if (op == FORLOOP || op == TFORLOOP) {
        loop(function, pc, next);
    } else if (op == FORPREP) {
        next[1] = pc + 2 + distance(function, pc);
    } else if (op == TFORPREP) {
        loop(function, pc + 2 + distance(function, pc), next);
    } else if (op == TFORCALL) {
        loop(function, pc + 1, next);
    }
}

/* Does Lua tell of the line when it goes from one instruction to the other? Behind TFORPREP it has
   called the iterator, at the end of the loop, and so jumps back to the body. */
static bool tells(const struct dump_function *function, size_t from, size_t to) {
    return to <= from || function->lines[to] != function->lines[from] ||
           opcode(function, from) == TFORPREP;
}

bool flow_comes_back(const struct dump_function *function, size_t pc) {
    return opcode(function, pc) == TFORPREP && pc + 1 < function->count &&
           function->lines[pc + 1] == function->lines[pc];
}

static void mark(struct maker *maker, size_t pc) {
    if (pc < maker->function->count)
        maker->place_at[pc] = 1;
}

static void mark_places(struct maker *maker) {
    size_t next[2];
    mark(maker, 0);
    mark(maker, maker->function->vararg ? 1 : 0);
    for (size_t pc = 0; pc < maker->function->count; pc++) {
        find_next(maker->function, pc, next);
        for (int i = 0; i < 2; i++)
            if (next[i] < maker->function->count && tells(maker->function, pc, next[i]))
                mark(maker, next[i]);
    }
}

static int compare_lines(const void *left, const void *right) {
    const struct flow_place *a = *(const struct flow_place *const *)left;
    const struct flow_place *b = *(const struct flow_place *const *)right;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return (a > b) - (a < b);
}

/* Each place knows the first one and the last one of its line. */
static int find_ends(struct flow *flow, const bool *ends_loop) {
    struct flow_place **by_line = malloc(flow->count * sizeof(struct flow_place *));
    if (by_line == NULL)
        return -ENOMEM;
    for (uint32_t i = 0; i < flow->count; i++)
        by_line[i] = &flow->places[i];
    qsort(by_line, flow->count, sizeof *by_line, compare_lines);
    for (uint32_t i = 0; i < flow->count; i++) {
        uint32_t own = (uint32_t)(by_line[i] - flow->places);
        bool same = i > 0 && by_line[i - 1]->line == by_line[i]->line;
        by_line[i]->first = same ? by_line[i - 1]->first : own;
        by_line[i]->last = ends_loop[own] ? 0 : own;
    }
    for (uint32_t i = flow->count - 1; i-- > 0;)
        if (by_line[i + 1]->line == by_line[i]->line && by_line[i + 1]->last > by_line[i]->last)
            by_line[i]->last = by_line[i + 1]->last;
    free(by_line);
    return 0;
}

static int number_places(struct maker *maker) {
    const struct dump_function *function = maker->function;
    struct flow *flow = maker->flow;
    bool *ends_loop = calloc(function->count + 1, sizeof *ends_loop);
    flow->places = calloc(function->count + 1, sizeof *flow->places);
    if (ends_loop == NULL || flow->places == NULL) {
        free(ends_loop);
        return -ENOMEM;
    }
    flow->count = 1;
    for (size_t pc = 0; pc < function->count; pc++) {
        if (maker->place_at[pc] == 0)
            continue;
        ends_loop[flow->count] = flow_ends_loop(function, pc);
        flow->places[flow->count].line = function->lines[pc];
        maker->place_at[pc] = flow->count++;
    }
    int error = find_ends(flow, ends_loop);
    free(ends_loop);
    return error;
}

static int add_edge(struct flow *flow, const struct flow_place *from, struct flow_edge edge) {
    for (uint32_t i = from->edge; i < flow->edges.count; i++)
        if (flow->edges.items[i].to == edge.to && flow->edges.items[i].again == edge.again)
            return 0;
    struct flow_edge *added = array_add(&flow->edges);
    if (added == NULL)
        return -ENOMEM;
    *added = edge;
    return 0;
}

/* What comes after an instruction that the line of `place` has led to. Pushes those that Lua does
   not tell of. */
static int follow(struct maker *maker, struct flow_place *place, size_t pc, size_t *height) {
    const struct dump_function *function = maker->function;
    uint32_t number = (uint32_t)(place - maker->flow->places);
    size_t next[2];
    find_next(function, pc, next);
    for (int i = 0; i < 2; i++) {
        if (next[i] >= function->count)
            continue;
        bool told = tells(function, pc, next[i]);
        struct flow_edge edge = {maker->place_at[next[i]], next[i] <= pc};
        edge.again |= flow_ends_loop(function, next[i]);
        if (told && add_edge(maker->flow, place, edge) != 0)
            return -ENOMEM;
        if (told || maker->seen_from[next[i]] == number)
            continue;
        maker->seen_from[next[i]] = number;
        maker->stack[(*height)++] = (uint32_t)next[i];
    }
    return ++maker->effort > MOST_EFFORT * (function->count + MOST_EFFORT) ? -E2BIG : 0;
}

static int find_edges_of(struct maker *maker, size_t pc) {
    struct flow_place *place = &maker->flow->places[maker->place_at[pc]];
    size_t height = 0;
    int error = 0;
    place->edge = (uint32_t)maker->flow->edges.count;
    maker->stack[height++] = (uint32_t)pc;
    while (height > 0 && error == 0)
        error = follow(maker, place, maker->stack[--height], &height);
    place->behind = (uint32_t)maker->flow->edges.count;
    return error;
}

static int find_edges(struct maker *maker) {
    struct flow_place *start = &maker->flow->places[0];
    int error = 0;
    for (size_t pc = 0; pc <= maker->function->vararg && pc < maker->function->count; pc++)
        if (error == 0)
            error = add_edge(maker->flow, start, (struct flow_edge){maker->place_at[pc], true});
    start->behind = (uint32_t)maker->flow->edges.count;
    for (size_t pc = 0; pc < maker->function->count && error == 0; pc++)
        if (maker->place_at[pc] != 0)
            error = find_edges_of(maker, pc);
    return error;
}

static int make(struct maker *maker) {
    mark_places(maker);
    int error = number_places(maker);
    return error != 0 ? error : find_edges(maker);
}

int flow_of_function(struct flow *flow, const struct dump_function *function) {
    size_t count = function->count + 1;
    *flow = (struct flow){0};
    if (count > UINT32_MAX / 2)
        return -E2BIG;
    uint32_t *room = calloc(3 * count, sizeof *room);
    if (room == NULL)
        return -ENOMEM;
    struct maker maker = {function, flow, room, room + count, room + 2 * count, 0};
    int error = make(&maker);
    free(room);
    return error;
}

void flow_finish(struct flow *flow) {
    free(flow->places);
    free(flow->edges.items);
    *flow = (struct flow){0};
}

bool flow_same(const struct flow *a, const struct flow *b) {
    bool same = a->count == b->count && a->edges.count == b->edges.count;
    for (uint32_t i = 0; i < a->count && same; i++)
        same = a->places[i].line == b->places[i].line && a->places[i].behind == b->places[i].behind;
    for (uint32_t i = 0; i < a->edges.count && same; i++)
        same = a->edges.items[i].to == b->edges.items[i].to &&
               a->edges.items[i].again == b->edges.items[i].again;
    return same;
}
