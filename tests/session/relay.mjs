// SPDX-License-Identifier: MIT
// Stands in for an adapter that is a process: its stdin and stdout are a connection to `luaheat dap --listen`. Its
// first argument is the place, as JSON; it ends when the connection does.

import { connect } from 'node:net';

const socket = connect(JSON.parse(process.argv[2]));
process.stdin.pipe(socket);
socket.pipe(process.stdout);
socket.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
socket.on('close', () => process.stdin.destroy());
