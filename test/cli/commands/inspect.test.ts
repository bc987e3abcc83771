import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWebSocketReceiver } from '@statelyai/inspect';
import { createInspectorServer } from '@statelyai/inspect/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { Live } from '../../../src/inspect/live.js';
import { networkIn } from '../../explorer/designs.js';
import { build, fixture, main, recwalk, root } from '../recwalk.js';

const STORY = 'test/stories/growth-is-not-asked.story';
const folder = mkdtempSync(join(tmpdir(), 'recwalk-test-'));
const written = (name: string, text: string) => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};
/** A port that is free now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
/** The events that the client of the package receives, up to this number. */
const received = (server: string, many: number) =>
  new Promise<unknown[]>((resolve) => {
    const events: unknown[] = [];
    createWebSocketReceiver({ server }).subscribe((event) => {
      events.push(event);
      if (events.length === many) resolve(events);
    });
  });

beforeAll(build, 600_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** The inspection events of the story, made in this process. */
const expected: unknown[] = [];
const network = await networkIn('linux-6.12', 'records=2,ipmodify=1,absent=1');
const live = new Live(network, (line) => expected.push(JSON.parse(line)));
for (const [call] of readFileSync(join(root, STORY), 'utf8').matchAll(/^(?!#)\S.*$/gm))
  live.call(network.stimuli.findIndex(({ description }) => description === call));

describe('recwalk inspect', { timeout: 600_000 }, async () => {
  test('sends every client of @statelyai/inspect the whole story, until Ctrl-C', async () => {
    const port = await freePort();
    const server: ChildProcess = spawn(
      process.execPath,
      [main, 'inspect', STORY, '--port', String(port)],
      { cwd: root },
    );
    const [line] = await once(server.stdout!, 'data');
    expect(String(line)).toBe(
      `growth-is-not-asked.story on linux-6.12: 5 calls, ${expected.length} events; listening on ws://127.0.0.1:${port} (Ctrl-C to stop)\n`,
    );
    const address = `ws://127.0.0.1:${port}`;
    expect(await received(address, expected.length)).toEqual(expected);
    expect(await received(address, expected.length)).toEqual(expected);
    server.kill('SIGINT');
    expect(await once(server, 'exit')).toEqual([0, null]);
  });

  test('accepts programs and pages of this machine, and no other page', async () => {
    const port = await freePort();
    const args = [main, 'inspect', STORY, '--port', String(port)];
    const server = spawn(process.execPath, args, { cwd: root });
    await once(server.stdout, 'data');
    /** The status of the response to a page of this origin; 101 opens a socket. */
    const status = (origin: string | undefined) =>
      new Promise((resolve) => {
        const socket = new WebSocket(
          `ws://127.0.0.1:${port}`,
          origin === undefined ? {} : { origin },
        );
        socket.on('open', () => resolve(101));
        socket.on('unexpected-response', (_, { statusCode }) => resolve(statusCode));
        socket.on('error', () => {});
      });
    for (const [origin, expected] of [
      [undefined, 101],
      ['http://localhost:3000', 101],
      ['http://127.0.0.1', 101],
      ['https://[::1]:8443', 101],
      ['https://stately.ai', 101],
      ['https://evil.example', 403],
      ['https://stately.ai.evil.example', 403],
      ['https://evil.example/https://stately.ai', 403],
      ['http://stately.ai', 403],
      ['http://localhost.evil.example', 403],
      ['null', 403],
      ['file://', 403],
    ] as const)
      expect([origin, await status(origin)]).toEqual([origin, expected]);
    server.kill('SIGTERM');
    expect(await once(server, 'exit')).toEqual([0, null]);
  });

  test('sends the story to a server of @statelyai/inspect, which forwards it', async () => {
    const port = await freePort();
    const relay = createInspectorServer({ port, autoOpen: false });
    const address = `ws://localhost:${port}`;
    const events = received(address, expected.length);
    const { code, stdout } = await recwalk(['inspect', STORY, '--to', address]);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `growth-is-not-asked.story on linux-6.12: 5 calls, ${expected.length} events, sent to ${address}\n`,
    });
    expect(await events).toEqual(expected);
    relay.stop();
  });

  test.each([
    [
      'proposal',
      STORY,
      'growth-is-not-asked.story, step 5: "add X 2" has the outcome 0; 1: (1) RI. - ran X; 2: (2) RID A.a ran X,A.a, but proposal gives -EBUSY; 1: (1) RI. - ran X; 2: (1) R.D A.a ran A.a\n',
    ],
    [
      fixture('lamp.ts'),
      written('lamp.story', 'press\n  dark\n'),
      'lamp.story, step 1: "press" has the outcome dark, but lamp gives nothing\n',
    ],
  ])('on %s a story may have other outcomes, which are reported', async (on, story, differs) => {
    const port = await freePort();
    const relay = createInspectorServer({ port, autoOpen: false });
    const to = `ws://localhost:${port}`;
    const { code, stdout, stderr } = await recwalk(['inspect', story, '--on', on, '--to', to]);
    relay.stop();
    expect({ code, stderr }).toEqual({ code: 0, stderr: differs });
    expect(stdout).toMatch(/ on (proposal: 5 calls|lamp: 1 call), \d+ events, sent to /);
  });
});

describe('recwalk inspect, refused', { timeout: 600_000 }, async () => {
  const other = written('other.story', '# design linux-6.12\n# scope small\nadd X 1\n  -EBUSY\n');
  const never = written('never.story', '# design linux-6.12\n# scope small\nremove X 1\n  0\n');
  const bare = written('bare.story', 'add X 1\n  0\n');

  test.concurrent.each([
    [
      [other],
      'RW307: other.story, step 1: "add X 1" has the outcome -EBUSY, but linux-6.12 gives 0; 1: (0)',
    ],
    [
      [never],
      'RW307: never.story, step 1: "remove X 1" is not enabled in this state of linux-6.12;',
    ],
    [
      [never, '--on', 'proposal'],
      'RW307: never.story, step 1: "remove X 1" is not enabled in this state',
    ],
    [[bare], 'RW306: bare.story names no design; write a note like "# design linux-6.12"'],
    [['none.story'], 'RW014: there is no file none.story'],
    [
      [STORY, '--to', 'http://localhost'],
      'RW048: --to http://localhost is not a WebSocket address',
    ],
    [
      [STORY, '--to', 'ws://localhost:1'],
      'RW048: --to ws://localhost:1 does not accept a connection (ECONNREFUSED)',
    ],
    [
      [STORY, '--to', 'ws://x', '--port', '80'],
      "RW001: option '--to <address>' cannot be used with",
    ],
  ])('%j is bad input', async (args, description) => {
    const { code, stdout, stderr } = await recwalk(['inspect', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`recwalk: ${description}`);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
