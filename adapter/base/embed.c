/* SPDX-License-Identifier: MIT */
/*
 * embed: makes a text that stands in a file of its own part of a program, when that is built, on
 * the machine that builds.
 *
 *   embed NAME FILE     a header with the text as `static const char NAME[]`
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static void write_header(FILE *file, const char *name) {
    int byte, count = 0;
    printf("static const char %s[] = {", name);
    while ((byte = getc(file)) != EOF)
        printf("%s%d,", count++ % 24 == 0 ? "\n" : " ", byte < 128 ? byte : byte - 256);
    puts("\n0};");
}

int main(int argc, char **argv) {
    FILE *file = argc == 3 ? fopen(argv[2], "r") : NULL;
    if (file == NULL) {
        perror(argc == 3 ? argv[2] : "embed NAME FILE");
        return EXIT_FAILURE;
    }
    write_header(file, argv[1]);
    bool whole = !ferror(file);
    fclose(file);
    return whole && fflush(stdout) == 0 && !ferror(stdout) ? EXIT_SUCCESS : EXIT_FAILURE;
}
