// SPDX-License-Identifier: MIT
// Waiting for something to become true, as a user does: by looking again and again.

// A limit for what never comes true, not for how long it may take: machines are busy at times.
export const PATIENCE_MS = Number(process.env.LUAHEAT_PATIENCE_MS ?? 90_000);
export const TRY_MS = 10_000; // for a part; then it is tried again, from the beginning
const LOOK_MS = 40;

/** Calls `look` until it neither throws nor gives undefined or false; its value. */
export async function eventually(look, patience = PATIENCE_MS) {
  const end = Date.now() + patience;
  for (;;) {
    let failure;
    try {
      const value = await look();
      if (value !== undefined && value !== false) return value;
      failure = new Error(`never came true: ${look}`);
    } catch (error) {
      failure = error;
    }
    if (Date.now() > end) throw failure;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
