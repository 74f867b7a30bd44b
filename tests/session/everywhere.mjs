// SPDX-License-Identifier: MIT
// A story about a place in a program, told in the main program and in a coroutine.

import { scenes } from './session.mjs';

/**
 * The story of a stop at a mark of the fixture, in the main program and (with the argument "coroutine")
 * in one, with the figures on and off. Afterwards the program is at that stop still, and goes on to its
 * end: at both the figures have to add up.
 */
export function everywhere(name, fixture, mark, story) {
  for (const args of [[], ['coroutine']]) {
    scenes(args.length > 0 ? `${name}, in a coroutine` : name, async (start, session) => {
      const program = await start(fixture, { stopAt: [mark], args });
      await program.stopsAt(mark);
      await story(program, session);
      if (program.isExact) await program.assertFiguresAddUp();
      await program.setBreakpoints([]);
      await program.continueToEnd();
    });
  }
}
