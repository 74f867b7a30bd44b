// SPDX-License-Identifier: MIT
// The official types of DAP's messages: the TypeScript declarations of @vscode/debugprotocol, turned into a
// JSON schema when first needed. Without the packages of tests/package.json nothing is checked here.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { testsDir } from '../programs.mjs';

const require = createRequire(import.meta.url);
const cache = join(testsDir, 'node_modules/.cache');
const prefix = 'DebugProtocol.';

/** Are the packages there? */
export const installed = (() => {
  try {
    require.resolve('@vscode/debugprotocol');
    require.resolve('ts-json-schema-generator');
    require.resolve('ajv');
    return true;
  } catch {
    return false;
  }
})();

/** Throws if the message is none of DAP's, or of ours, as they are declared. */
export function checkType(message) {
  if (!installed) return;
  const name = typeName(message);
  const validate = validator(name);
  assert.ok(validate, `DAP has no ${name}`);
  if (!validate(message)) {
    const problems = validate.errors.map((e) => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`);
    assert.fail(`not a ${name} as DAP has it: ${problems.join('; ')}`);
  }
}

const isOurs = (name) => name.startsWith('luaheat/');

function typeName(message) {
  const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);
  if (message.type === 'event') return isOurs(message.event) ? 'Event' : `${capital(message.event)}Event`;
  if (message.type === 'request') return `${capital(message.command)}Request`;
  if (!message.success) return 'ErrorResponse';
  return isOurs(message.command) ? 'Response' : `${capital(message.command)}Response`;
}

const validators = new Map();
let ajv;

function validator(name) {
  if (!validators.has(name)) {
    ajv ??= new (require('ajv').default)({ strict: false, validateSchema: false, inlineRefs: false, schemas: { dap: schema() } });
    validators.set(name, ajv.getSchema(`dap#/definitions/${prefix}${name}`));
  }
  return validators.get(name);
}

/** Several test files may want it at once: each makes it, and the last one's stays. */
function schema() {
  const { version } = require('@vscode/debugprotocol/package.json');
  const file = join(cache, `dap-both-ways-${version}.json`);
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    const made = generate();
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(made));
    renameSync(`${file}.${process.pid}`, file);
    return made;
  }
}

/** The generator follows one type, so all that we want become the fields of one. */
function generate() {
  const { createGenerator } = require('ts-json-schema-generator');
  const declarations = readFileSync(require.resolve('@vscode/debugprotocol/lib/debugProtocol.d.ts'), 'utf8');
  const names = [...declarations.matchAll(/interface (\w*(?:Response|Event)|RunInTerminalRequest|StartDebuggingRequest) /g)].map(([, name]) => name);
  mkdirSync(cache, { recursive: true });
  const path = join(cache, `messages-${process.pid}.ts`);
  const fields = names.map((name) => `  ${name}: DebugProtocol.${name};\n`).join('');
  writeFileSync(path, `import { DebugProtocol } from '@vscode/debugprotocol';\nexport interface Messages {\n${fields}}\n`);
  const made = createGenerator({ path, type: 'Messages', skipTypeCheck: true, additionalProperties: false })
    .createSchema('Messages');
  rmSync(path);
  // What DAP lets an adapter add: our own object among the capabilities.
  made.definitions[`${prefix}Capabilities`].properties.luaheat = { type: 'object' };
  return made;
}
