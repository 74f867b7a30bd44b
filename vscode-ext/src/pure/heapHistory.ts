// SPDX-License-Identifier: MIT
// How the heap went, for the timeline: at most so many samples, however long the program runs. When
// the room is full every second sample goes, which keeps the shape of the curve. Stops always stay.

export interface Sample {
  readonly time: number; // milliseconds
  readonly live: number; // bytes
}

export interface Mark extends Sample {
  readonly stop: number;
}

const ROOM = 4096;

export class HeapHistory {
  #samples: Sample[] = [];
  readonly #marks: Mark[] = [];
  readonly #room: number;

  constructor(room = ROOM) {
    this.#room = room;
  }

  get samples(): readonly Sample[] {
    return this.#samples;
  }

  get marks(): readonly Mark[] {
    return this.#marks;
  }

  add(sample: Sample): void {
    if (this.#samples.length >= this.#room)
      this.#samples = this.#samples.filter((_, index) => index % 2 === 0);
    this.#samples.push(sample);
  }

  clear(): void {
    this.#samples = [];
    this.#marks.length = 0;
  }

  mark(mark: Mark): void {
    this.#marks.push(mark);
  }
}
