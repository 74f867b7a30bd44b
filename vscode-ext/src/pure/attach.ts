// SPDX-License-Identifier: MIT
// What is attached to: a Lua state that has opened a door, which `luaheat ps` lists; and the debugger that
// does it, which may be on another machine.

import { isObject } from './answers.ts';
import { DEBUG_TYPE } from './launch.ts';
import type { Configuration } from './launch.ts';

/** VS Code's variable for the picker: package.json says which command that is. */
export const PICKED_PROCESS = '${command:pickLuaProcess}';

/** A Lua state that can be attached to. A process may have several. */
export interface Door {
  readonly pid: number;
  readonly name: string;
  readonly program: string;
  readonly cwd: string;
  readonly lua: string;
  readonly socket: string; // its path
  readonly attached: boolean; // somebody is, already
  readonly suspended: boolean; // it waits for somebody, where it was left
}

/** What `luaheat ps --json` has printed; undefined if that is something else. */
export function readDoors(output: string): Door[] | undefined {
  const told = parsed(output);
  return Array.isArray(told) ? told.flatMap(readDoor) : undefined;
}

function parsed(output: string): unknown {
  try {
    return JSON.parse(output);
  } catch {
    return undefined;
  }
}

function readDoor(told: unknown): Door[] {
  if (!isObject(told) || typeof told['socket'] !== 'string' || !Number.isInteger(told['pid'])) return [];
  const text = (name: string): string => (typeof told[name] === 'string' ? told[name] : '');
  const { pid, socket, attached, does } = told;
  const state = { attached: attached === true, suspended: does === 'suspended' };
  return [{ pid: Number(pid), name: text('name'), program: text('program'), cwd: text('cwd'), lua: text('lua'), socket, ...state }];
}

/** A row of the picker. `words`: for one that somebody is attached to, and for one that is suspended. */
export function doorRow({ pid, name, program, cwd, lua, socket, attached, suspended }: Door, words: { taken: string; suspended: string }): { label: string; description: string; detail: string } {
  const parts = (all: readonly string[]): string => [...new Set(all)].filter((part) => part !== '').join(' · ');
  const label = name === '' ? (lastPart(program) || lastPart(socket)) : name;
  return { label, description: parts([String(pid), lua, attached ? words.taken : suspended ? words.suspended : '']), detail: parts([program, cwd]) };
}

function lastPart(path: string): string {
  return path.split('/').at(-1) ?? '';
}

/** What the picker's variable stands for: the number of the process, or the socket if it has several. */
export function processIdFor({ pid, socket }: Door, all: readonly Door[]): string {
  return all.filter((other) => other.pid === pid).length > 1 ? socket : String(pid);
}

/** Lua for a program that opens a door. `cpath`: the template by which it finds the module; "": it finds it by itself. */
export function listenLines(cpath: string): string {
  const where = cpath === '' ? '' : `package.cpath = package.cpath .. ${JSON.stringify(`;${cpath}`)}\n`;
  return `${where}require("luaheat").listen()\n`;
}

// ---- Configurations. ----

export function attachToPicked(name: string): Configuration {
  return { type: DEBUG_TYPE, request: 'attach', name, processId: PICKED_PROCESS };
}

export function attachTo({ socket }: Door, name: string): Configuration {
  return { type: DEBUG_TYPE, request: 'attach', name, socket };
}

/** One that says to nobody to attach to has the user pick. */
export function withTarget(configuration: Configuration): Configuration {
  const { processId, socket, doorName, listen, host } = configuration;
  const isSaid = [processId, socket, doorName, listen, host].some((target) => target !== undefined);
  return isSaid || isElsewhere(configuration) ? configuration : { ...configuration, processId: PICKED_PROCESS };
}

/** VS Code's variables are text, and the picker's may stand for a socket. */
export function withPicked(configuration: Configuration): Configuration {
  const { processId, ...others } = configuration;
  if (typeof processId !== 'string') return configuration;
  if (processId.startsWith('/')) return { ...others, socket: processId };
  return /^\d+$/.test(processId) ? { ...others, processId: Number(processId) } : configuration;
}

// ---- Where the debugger is, if it is not one that we start: at a `luaheat dap --listen`. ----

export type DebuggerAddress = { readonly path: string } | { readonly host: string; readonly port: number };

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

/** undefined: there is none. `host` may be the path of a Unix socket. */
export function debuggerAddress({ host = '127.0.0.1', port }: Partial<Configuration>): DebuggerAddress | undefined {
  if (typeof host === 'string' && host.startsWith('/')) return { path: host };
  return port === undefined ? undefined : { host: String(host), port: Number(port) };
}

/** `debugServer` is VS Code's own word: a port of this machine. */
export function isElsewhere(configuration: Partial<Configuration>): boolean {
  return debuggerAddress(configuration) !== undefined || configuration['debugServer'] !== undefined;
}

/** `host` alone leads nowhere. */
export function lacksPort(configuration: Partial<Configuration>): boolean {
  return configuration['host'] !== undefined && debuggerAddress(configuration) === undefined;
}

/** Of a file with a token: the debugger takes that, too. */
export function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').trim();
}

/** Does the debugger see the files that we see? Not on another machine, nor where paths have to be mapped. */
export function seesOurFiles(configuration: Partial<Configuration>): boolean {
  if (!isElsewhere(configuration)) return true;
  const address = debuggerAddress(configuration);
  const isNear = address === undefined || 'path' in address || LOOPBACK.has(address.host);
  return isNear && ['localRoot', 'remoteRoot', 'pathMappings'].every((name) => configuration[name] === undefined);
}
