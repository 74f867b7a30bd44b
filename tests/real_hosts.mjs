// SPDX-License-Identifier: MIT
// Programs of Debian that have Lua in them, in a folder of their own, without a port.

import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';

import { fixturePath } from './fixture.mjs';

/** Where Debian puts what only root is to run. */
export const LIGHTTPD = '/usr/sbin/lighttpd';

/** Its arguments: every request is answered by the fixture, at a Unix socket. */
export function lighttpd(folder, fixture = 'lighttpd.lua') {
  const socket = join(folder, 'http'), configuration = join(folder, 'lighttpd.conf');
  writeFileSync(configuration, `
    server.document-root = "${folder}"
    server.bind = "${socket}"
    server.modules = ( "mod_magnet" )
    magnet.attract-physical-path-to = ( "${fixturePath(fixture)}" )
  `);
  return { socket, args: ['-D', '-f', configuration], started: /server started/ };
}

/** Where Debian puts what only root is to run. */
export const HAPROXY = '/usr/sbin/haproxy';

/** Its arguments, with more lines of its section `global`: every request is answered by the fixture, at a Unix socket. */
export function haproxy(folder, fixture, { global = 'nbthread 1', load = 'lua-load', rules = '' } = {}) {
  const socket = join(folder, 'http'), configuration = join(folder, 'haproxy.cfg');
  writeFileSync(configuration, `
    global
      ${global}
      ${load} ${fixturePath(fixture)}
    defaults
      mode http
      timeout client 60s
      timeout server 60s
      timeout connect 60s
    frontend web
      bind unix@${socket}
      ${rules}
      http-request use-service lua.answer
`.replace(/^    /gm, ''));
  return { socket, args: ['-db', '-f', configuration] };
}

/** Dovecot's arguments: a server without a protocol, whose passwords the fixture looks after. */
export function dovecot(folder, fixture) {
  const configuration = join(folder, 'dovecot.conf');
  chmodSync(folder, 0o755); // its processes have users of their own
  writeFileSync(configuration, `
    dovecot_config_version = 2.4.1
    dovecot_storage_version = 2.4.1
    base_dir = ${join(folder, 'run')}
    log_path = ${join(folder, 'log')}
    protocols =
    ssl = no
    auth_mechanisms = plain
    import_environment {
      LUA_CPATH = %{env:LUA_CPATH}
      LUAHEAT_DOORS = %{env:LUAHEAT_DOORS}
    }
    passdb lua {
      lua_file = ${fixturePath(fixture)}
      passdb_use_worker = no
    }
    userdb static {
      fields {
        home = /tmp
      }
    }
    service auth {
      user = root
      vsz_limit = 4G
    }
  `.replace(/^    /gm, ''));
  return { args: ['-F', '-c', configuration], ask: ['-c', configuration, 'auth', 'test', 'me', 'secret'] };
}

/** What the server at the socket answers. */
export function get(socketPath, path) {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, path, agent: false }, (response) => {
      let text = '';
      response.on('data', (chunk) => { text += chunk; });
      response.on('end', () => resolve(text));
    });
    asked.on('error', reject);
    asked.end();
  });
}

/** Prosody's arguments: a server without a port, which loads the module of that name of the fixtures. */
export function prosody(folder, module) {
  const configuration = join(folder, 'prosody.cfg.lua'), data = join(folder, 'data');
  mkdirSync(data);
  mkdirSync(join(folder, 'certs'));
  writeFileSync(configuration, `
    run_as_root = true
    data_path = "${data}"
    pidfile = "${join(data, 'pid')}"
    plugin_paths = { "${fixturePath('.')}" }
    modules_enabled = { "${module}" }
    modules_disabled = { "s2s", "c2s", "offline", "tls", "s2s_auth_certs" }
    c2s_ports = {} s2s_ports = {}
    log = { info = "*console" }
    VirtualHost "localhost"
  `);
  return ['--config', configuration, '-F'];
}
