import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KernelUnavailable } from '../kernel/unavailable.js';
import { DeviceFailure } from '../model/deviceFailure.js';
import { Fault, LimitReached } from '../model/fault.js';
import { oneLine, thrownLine } from './oneLine.js';
import { packageRoot } from './version.js';

/** Milliseconds that code of the user's may keep the process alive after the command has ended. */
const LINGER_MS = 1_000;

/** The exit code of the command; undefined until it has ended and its output is written. */
let ended: number | undefined;

let isLeaving = false;

/** The file of the user's that is being loaded. */
let loading: string | undefined;
/** Files of the user's whose code may run at any time from now on. */
const loaded: string[] = [];

/** Loads a file of the user's. If its code ends the process, then or later, the one line names the file. */
export async function loadingFile<T>(file: string, load: () => Promise<T>): Promise<T> {
  loading = file;
  loaded.push(file);
  try {
    const result = await load();
    // What it leaves for the next turn of the event loop fails here, and not after a verdict.
    await new Promise(setImmediate);
    return result;
  } finally {
    loading = undefined;
  }
}

/**
 * Runs a command and ends the process with its exit code. There is no other way to the codes 0 and 1: where the command
 * fails, its output cannot be written, or other code throws or ends the process, there is one line on stderr and another code.
 */
export async function conclude(command: () => Promise<number>): Promise<void> {
  process.on('exit', leave);
  process.on('beforeExit', runDry);
  process.on('uncaughtException', (error) => end(...lateThrow(error), error));
  process.on('unhandledRejection', (error) => end(...lateThrow(error), error));
  process.stdout.on('error', outputFailed);
  // Whoever takes no messages gets the result all the same.
  process.stderr.on('error', () => {});
  writeWhole(process.stdout);
  let code: number;
  try {
    code = await command();
  } catch (error) {
    return end(...thrownBy(error), error);
  }
  await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
  ended = code;
  process.exitCode = code;
  setTimeout(() => process.exit(), LINGER_MS).unref();
}

/** Ends the process at once. */
export function end(code: number, line?: string, thrown?: unknown): void {
  if (line !== undefined) process.stderr.write(`recwalk: ${line}\n`);
  if (process.env.RECWALK_DEBUG && thrown instanceof Error)
    process.stderr.write(`${thrown.stack}\n`);
  ended = code;
  process.exitCode = code;
  // While it ends already, this would skip what else is to be tidied up.
  if (!isLeaving) process.exit();
}

/** A file takes less than it is given when its device is nearly full; Node's own stream for files does not look. */
function writeWhole(stream: NodeJS.WriteStream & { readonly fd: number }): void {
  if (stream.constructor.name !== 'SyncWriteStream') return;
  stream._write = (chunk, _encoding, done) => {
    try {
      writeFileSync(stream.fd, chunk);
    } catch (error) {
      return done(error as Error);
    }
    done();
  };
}

function outputFailed({ code }: NodeJS.ErrnoException): void {
  // Who reads us may stop before the end, as head does.
  if (code === 'EPIPE') end(141);
  else end(70, new DeviceFailure('stdout', code).message);
}

type Ending = readonly [code: number, line: string];

const byDefect = (thrown: unknown): Ending => [
  70,
  `RW040: a defect of recwalk: ${thrownLine(thrown)}; RECWALK_DEBUG=1 prints where`,
];

function thrownBy(error: unknown): Ending {
  if (error instanceof Fault)
    return [error instanceof LimitReached ? 3 : 2, oneLine(error.message)];
  if (error instanceof KernelUnavailable) return [4, oneLine(error.message)];
  if (error instanceof DeviceFailure) return [70, oneLine(error.message)];
  if (error instanceof Error && 'syscall' in error) return [70, `RW059: ${thrownLine(error)}`];
  return byDefect(error);
}

/** An error that nobody caught, as one in a timer, and a rejected promise that nobody awaits. */
function lateThrow(error: unknown): Ending {
  const place = error instanceof Error ? placeOf(error) : undefined;
  if (loaded.length === 0 || (place !== undefined && isOurs(place))) return thrownBy(error);
  const file = loaded.find((one) => resolve(one) === place) ?? culprits();
  return [
    2,
    `RW053: code of ${file} threw outside of the walk, so there is no verdict to trust: ${thrownLine(error)}; remove timers and promises that nobody awaits`,
  ];
}

/** The file of the first place in the stack that is none of Node's own. */
const placeOf = ({ stack }: Error): string | undefined =>
  stack
    ?.split('\n')
    .map((line) => /(?:[ (]|file:\/\/)(\/[^:]+):\d+:\d+\)?$/.exec(line)?.[1])
    .find((file) => file !== undefined);

const isOurs = (place: string): boolean =>
  ['dist/', 'src/'].some((folder) => place.startsWith(fileURLToPath(new URL(folder, packageRoot))));

const culprits = (): string => [...new Set(loaded)].join(' or ');

/** Nothing is left to do, and the command has not ended. */
function runDry(): void {
  if (ended !== undefined) return;
  if (loading === undefined) end(...byDefect('it waits for what never comes'));
  else
    end(
      2,
      `RW054: ${loading} never finishes loading: it awaits a promise that never settles; a network file only exports its network`,
    );
}

function leave(): void {
  isLeaving = true;
  // Other code may have set it, or may have called process.exit().
  if (ended !== undefined) process.exitCode = ended;
  else if (loaded.length === 0) end(...byDefect('the process was ended before the command was'));
  else
    end(
      2,
      `RW052: code of ${loading ?? culprits()} ended the process before there was a verdict; remove its call of process.exit()`,
    );
}
