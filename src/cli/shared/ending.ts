import { writeFileSync } from 'node:fs';
import { KernelUnavailable } from '../../kernel/unavailable.js';
import { oneLine } from '../../model/controlCharacters.js';
import { DeviceFailure } from '../../model/deviceFailure.js';
import { LimitReached, UserError } from '../../model/userError.js';
import { thrownLine } from './render/thrownLine.js';
import { fileBeingLoaded, throwerOf, userCode } from './userCode.js';

/** Milliseconds for which user code may keep the process alive after the command has ended. */
const LINGER_MS = 1_000;

/** Exit code of the command; undefined until the command has ended and its output is written. */
let ended: number | undefined;

let isLeaving = false;

/**
 * Runs a command and ends the process with its exit code. Nothing else may end the process with 0 or 1: if the command
 * fails, its output cannot be written, or other code throws or ends the process, stderr gets one line and the exit code
 * is another.
 */
export async function conclude(command: () => Promise<number>): Promise<void> {
  process.on('exit', leave);
  process.on('beforeExit', runDry);
  // Uncaught errors, for example in a timer, and unhandled promise rejections.
  for (const event of ['uncaughtException', 'unhandledRejection'])
    process.on(event, (error: unknown) => end(...thrownBy(error, userCode()), error));
  process.stdout.on('error', outputFailed);
  // A closed stderr must not prevent the result.
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

/** Ends the process at once. Prints `line` on stderr, and the stack of `thrown` with RECWALK_DEBUG. */
export function end(code: number, line?: string, thrown?: unknown): void {
  if (line !== undefined) process.stderr.write(`recwalk: ${line}\n`);
  if (process.env.RECWALK_DEBUG && thrown instanceof Error)
    process.stderr.write(`${thrown.stack}\n`);
  ended = code;
  process.exitCode = code;
  // During exit, process.exit() would skip the remaining exit handlers.
  if (!isLeaving) process.exit();
}

/**
 * Makes writes to a file complete or fail. A nearly full device may accept only part of a write, and Node's file stream
 * does not check.
 */
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
  // The reader may close the pipe early, as head does.
  if (code === 'EPIPE') end(141);
  else end(70, new DeviceFailure('stdout', code).message);
}

type Ending = readonly [code: number, line: string];

const byDefect = (thrown: unknown): Ending => [
  70,
  `RW040: a defect of recwalk: ${thrownLine(thrown)}; RECWALK_DEBUG=1 prints the location`,
];

/** Exit code and line for an error. `unless` names the code that threw it if the error does not identify it. */
function thrownBy(error: unknown, unless?: string): Ending {
  if (error instanceof UserError)
    return [error instanceof LimitReached ? 3 : 2, oneLine(error.message)];
  if (error instanceof KernelUnavailable) return [4, oneLine(error.message)];
  if (error instanceof DeviceFailure) return [70, oneLine(error.message)];
  const thrower = throwerOf(error, unless);
  if (thrower !== undefined)
    return [
      2,
      `RW053: ${thrower} threw: ${thrownLine(error)}; no verdict is reliable: fix the code, and leave no timers or promises behind`,
    ];
  if (error instanceof Error && 'syscall' in error) return [70, `RW059: ${thrownLine(error)}`];
  return byDefect(error);
}

/** Runs when the event loop is empty. If the command has not ended, it awaits something that never settles. */
function runDry(): void {
  if (ended !== undefined) return;
  const file = fileBeingLoaded();
  if (file === undefined) end(...byDefect('it awaits something that never settles'));
  else
    end(
      2,
      `RW054: ${file} never finishes loading: it awaits a promise that never settles; a network file only exports its network`,
    );
}

function leave(): void {
  isLeaving = true;
  const code = userCode();
  // Other code may have set the exit code, or may have called process.exit().
  if (ended !== undefined) process.exitCode = ended;
  else if (code === undefined) end(...byDefect('the process ended before the command'));
  else
    end(
      2,
      `RW052: ${code} ended the process before there was a verdict; remove its call of process.exit()`,
    );
}
