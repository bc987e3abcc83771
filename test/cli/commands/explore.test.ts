import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JSDOM } from 'jsdom';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GIVEN, type Given, HOST } from '../../../src/explorer/given.js';
import { build, main, recwalk, root } from '../recwalk.js';

const folder = mkdtempSync(join(tmpdir(), 'recwalk-test-'));
const TINY = ['--scope', 'records=2,ipmodify=1,absent=1'];

beforeAll(build, 600_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('recwalk explore', { timeout: 600_000 }, () => {
  test('writes the results of the check and the evidence of kernels', async () => {
    const file = join(folder, 'page.html');
    const { code, stdout } = await recwalk(['explore', 'linux-6.12', '--quiet', '-o', file]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    const { document } = new JSDOM(readFileSync(file, 'utf8')).window;
    expect({ ...document.getElementById(HOST)!.dataset }).toEqual({
      design: 'linux-6.12',
      scope: 'default',
      focused: '',
    });
    const given: Given = JSON.parse(document.getElementById(GIVEN)!.textContent!);
    const { stdout: json } = await recwalk(['check', 'linux-6.12', '--json']);
    const [result] = JSON.parse(json).results;
    expect(given.walked).toMatchObject({ states: result.states, complete: true });
    expect(given.verdicts.map(({ rule, verdict }) => [rule, verdict])).toEqual(
      result.rules.map(({ id, verdict }: { id: string; verdict: string }) => [id, verdict]),
    );
    const lengths = new Map(given.verdicts.map(({ rule, calls }) => [rule, calls?.length]));
    for (const { id, counterexample } of result.rules)
      expect([id, lengths.get(id)]).toEqual([id, counterexample?.steps.length]);
    const evidence = new Map(given.verdicts.map(({ rule, evidence }) => [rule, evidence]));
    expect(evidence.get('ipmodify-joins-after-yes')).toEqual([
      expect.stringMatching(/^seen on Debian 6\.12\./),
    ]);
    expect(evidence.get('ftrace-lives')).toEqual([]);
  });

  test('serves the page to this machine until Ctrl-C', async () => {
    const server = spawn(process.execPath, [main, 'explore', 'proposal', ...TINY], { cwd: root });
    const [line] = await once(server.stdout, 'data');
    const [, address] =
      /^proposal: listening on (http:\/\/127\.0\.0\.1:\d+\/) \(Ctrl-C to stop\)\n$/.exec(
        String(line),
      )!;
    const page = await fetch(`${address}?x`);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await page.text()).toMatch(/<div id="explorer" data-design="proposal"/);
    expect((await fetch(`${address}else`)).status).toBe(404);
    server.kill('SIGINT');
    expect(await once(server, 'exit')).toEqual([0, null]);
  });

  test('answers every request, but only under its own host names', async () => {
    const server = spawn(process.execPath, [main, 'explore', 'proposal', ...TINY], { cwd: root });
    const [line] = await once(server.stdout, 'data');
    const port = Number(/:(\d+)\//.exec(String(line))![1]);
    /** The first line of the response to raw lines; empty if the server closes the connection. */
    const answer = async (...lines: string[]) => {
      const socket = connect(port, '127.0.0.1');
      let emitted = '';
      socket.setEncoding('utf8').on('data', (text) => {
        emitted += text;
      });
      socket.end(`${lines.join('\r\n')}\r\n\r\n`);
      await once(socket, 'close');
      return emitted.split('\r\n')[0]!;
    };
    const own = `Host: 127.0.0.1:${port}`;
    for (const [status, ...lines] of [
      [200, 'GET / HTTP/1.1', own],
      [200, 'GET /?x=//y HTTP/1.1', `Host: localhost:${port}`],
      [200, 'HEAD / HTTP/1.1', `Host: [::1]:${port}`],
      [200, 'GET / HTTP/1.1', `Host: LOCALHOST:${port}`],
      [404, 'GET // HTTP/1.1', own],
      [404, 'GET //evil.example/ HTTP/1.1', own],
      [404, 'GET http://[ HTTP/1.1', own],
      [405, 'OPTIONS * HTTP/1.1', own],
      [404, 'GET /%ff%00 HTTP/1.1', own],
      [405, 'POST / HTTP/1.1', own],
      [421, 'GET / HTTP/1.1', 'Host: evil.example'],
      [421, 'GET / HTTP/1.1', `Host: evil.example:${port}`],
      [421, 'GET / HTTP/1.1', `Host: 127.0.0.1:${port}.evil.example`],
      [421, 'GET / HTTP/1.1', `Host: 127.0.0.1:${port}0`],
      [421, 'GET / HTTP/1.1', 'Host: 127.0.0.1'],
      [421, 'GET / HTTP/1.0'],
      [400, 'GET / HTTP/1.1'],
      [400, 'GET  HTTP/9'],
      [400, 'nonsense'],
      [400, '\0\x01'],
    ] as const)
      expect([lines, await answer(...lines)]).toEqual([
        lines,
        expect.stringMatching(`^HTTP/1.1 ${status} `),
      ]);
    server.kill('SIGTERM');
    expect(await once(server, 'exit')).toEqual([0, null]);
  });
});

describe('recwalk explore, refused', { timeout: 600_000 }, () => {
  test('reports a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const ran = await recwalk(['explore', 'proposal', ...TINY, '--port', String(port)]);
    other.close();
    expect(ran).toEqual({
      code: 2,
      stdout: '',
      stderr: `recwalk: RW047: --port ${port} is not available (EADDRINUSE); type another one, or omit --port for any free port\n`,
    });
  });

  test.concurrent.each([
    [['nothing'], 'RW011: no design is called "nothing"'],
    [['proposal', '--scope', 'huge'], 'RW010: scope "huge"'],
    [['proposal', '--port', '65536'], "RW001: option '--port <n>' argument '65536' is invalid."],
    [['proposal', '--port', '80', '-o', 'x'], "RW001: option '--port <n>' cannot be used with"],
    [['proposal', ...TINY, '-o', folder], 'RW028: -o'],
  ])('%j is bad input', async (args, description) => {
    const { code, stdout, stderr } = await recwalk(['explore', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`recwalk: ${description}`);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
