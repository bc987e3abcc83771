import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GuestChannel } from '../../src/kernel/guestChannel.js';
import type { Qemu } from '../../src/kernel/qemu.js';
import type { QmpClient } from '../../src/kernel/qmpClient.js';

const commands: string[] = [];
let console: PassThrough;
let channel: PassThrough;
let end: EventEmitter;
let qmp: Pick<QmpClient, 'onEvent' | 'execute'>;
let conversation: GuestChannel;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  commands.length = 0;
  console = new PassThrough();
  channel = new PassThrough();
  // Discard requests: a PassThrough would return them as if the guest had sent them.
  channel.write = () => true;
  end = new EventEmitter();
  qmp = {
    onEvent: () => {},
    execute: async (command) => void commands.push(command),
  };
  const qemu: unknown = { process: end, console, channel, qmp };
  conversation = new GuestChannel(qemu as Qemu);
});
afterEach(() => {
  vi.useRealTimers();
});

/** Resolves once the pushed lines have arrived. */
const arrived = () => new Promise((resolve) => setImmediate(resolve));
const done = (line: string) => line === 'done';

test('an answer ends at the expected line, and the guest stops after it', async () => {
  const answer = conversation.request('work\n', 1000, done);
  expect(commands).toEqual(['cont']);
  channel.push('half\ndo');
  channel.push('ne\n');
  expect(await answer).toBeUndefined();
  expect(commands).toEqual(['cont', 'stop']);
});

test('a silent guest hangs', async () => {
  const answer = conversation.request('work\n', 1000, done);
  vi.advanceTimersByTime(1000);
  expect(await answer).toBe('hang');
  expect(conversation.failure).toBe('hang');
});

test('a pending request rejects when QEMU ends', async () => {
  const answer = conversation.request('work\n', 1000, done);
  end.emit('exit');
  expect(await answer).toBe('hang');
});

test('a lost guest is an oops, unless the console reports something worse', async () => {
  const first = conversation.request('work\n', 9000, done);
  channel.push('lost 9\n');
  await arrived();
  vi.advanceTimersByTime(2500);
  expect(await first).toBe('oops');

  conversation.clear();
  const late = conversation.request('work\n', 9000, done);
  console.push('Oops: int3: 0000 [#1] SMP NOPTI\n');
  await arrived();
  vi.advanceTimersByTime(1500);
  console.push('Kernel panic - not syncing: Fatal exception in interrupt\n');
  await arrived();
  vi.advanceTimersByTime(500);
  expect(await late).toBe('panic');

  conversation.clear();
  const second = conversation.request('work\n', 9000, done);
  channel.push('lost 9\n');
  console.push('Kernel panic - not syncing: Fatal exception\n');
  await arrived();
  vi.advanceTimersByTime(500);
  expect(await second).toBe('panic');
  expect(conversation.log()).toEqual(['Kernel panic - not syncing: Fatal exception']);
});

test('a guest that QEMU shuts down is lost by a panic', async () => {
  const answer = conversation.request('work\n', 1000, done);
  qmp.onEvent('RESUME', {});
  qmp.onEvent('SHUTDOWN', { reason: 'guest-reset' });
  expect(await answer).toBe('panic');
  expect(conversation.log()).toEqual(['QEMU says SHUTDOWN {"reason":"guest-reset"}']);
});

test('discards output of the guest before its reset', async () => {
  channel.push('lost 9\n');
  console.push('BUG: kernel NULL pointer dereference\n');
  await arrived();
  conversation.clear();
  vi.advanceTimersByTime(5000);
  expect(conversation.failure).toBeUndefined();
  expect(conversation.log()).toEqual([]);
});

test('a partial line before a reset does not affect the first line after it', async () => {
  const synced = conversation.sync();
  channel.push('ok 3 - add W 1 # 0; 1: (0\nsync 1\n');
  await synced;
});

test('accepts one request at a time', () => {
  conversation.request('work\n', 1000, done);
  expect(() => conversation.request('more\n', 1000, done)).toThrow('one step at a time');
});
