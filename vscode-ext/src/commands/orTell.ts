// SPDX-License-Identifier: MIT
import { window } from 'vscode';

/** What cannot be done is told as a message: the adapter's reason, or ours. */
export async function orTell(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    void window.showErrorMessage(error instanceof Error ? error.message : String(error));
  }
}
