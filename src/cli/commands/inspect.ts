import { basename } from 'node:path';
import { Live } from '../../inspect/live.js';
import { sendTo, serveTo } from '../../inspect/sockets.js';
import { CompiledSystem } from '../../interpret/compiledSystem.js';
import { outcomeParts } from '../../interpret/outcomeParts.js';
import { play } from '../../interpret/play.js';
import { counted } from '../../model/formatNumber.js';
import type { Network } from '../../model/network.js';
import { UserError } from '../../model/userError.js';
import type { PathStep } from '../../paths/pathsJson.js';
import { noteLines, parseStory } from '../../paths/storyFormat.js';
import { abortOnSignal } from '../shared/abortOnSignal.js';
import { readText } from '../shared/readText.js';
import { takesScope, targetNamed } from '../shared/target.js';

/** The options of `inspect`. */
export interface InspectFlags {
  /** The design or file to play the story on, instead of the design that the story names. */
  readonly on?: string;
  /** Address of a server to send to; without it this process is the server. */
  readonly to?: string;
  readonly port: number;
}

/** Runs `recwalk inspect`. Exit code: 0. */
export async function inspect(file: string, flags: InspectFlags): Promise<number> {
  if (flags.to !== undefined && !/^wss?:\/\/[^/]/.test(flags.to))
    throw new UserError(
      'RW048',
      `--to ${flags.to} is not a WebSocket address; type for example ws://localhost:8080`,
    );
  const name = basename(file);
  const story = parseStory(readText(file, 'write a story with recwalk paths --to story'), name);
  const { steps } = story;
  const target = flags.on ?? noteLines(story, 'design');
  if (target === undefined)
    throw new UserError(
      'RW306',
      `${name} names no design; write a note like "# design linux-6.12" before its first call, or type --on linux-6.12`,
    );
  const { network } = await targetNamed(
    target,
    (await takesScope(target)) ? noteLines(story, 'scope') : undefined,
    undefined,
  );
  const lines = inspectionLines(network, steps, name, (why) => {
    // With --on, a different outcome is a result to report, not an error.
    if (flags.on === undefined)
      throw new UserError(
        'RW307',
        `${why}; write the file again, or type --on with the design or file that the story belongs to`,
      );
    process.stderr.write(`${why}\n`);
  });
  const summary = `${name} on ${network.name}: ${counted(steps.length, 'call')}, ${counted(lines.length, 'event')}`;
  if (flags.to !== undefined) await send(flags.to, lines, summary);
  else await serve(flags.port, lines, summary);
  return 0;
}

/**
 * Plays the story and returns its inspection events, one line of JSON each. Calls `differs` for each call whose outcome
 * is not the written one. Throws RW307 if a call cannot be made.
 */
function inspectionLines(
  network: Network,
  steps: readonly PathStep[],
  name: string,
  differs: (why: string) => void,
): readonly string[] {
  const path = steps.map(({ call }) =>
    network.stimuli.findIndex(({ description }) => description === call),
  );
  const upTo = path.indexOf(-1);
  const played = Array.from(
    play(new CompiledSystem(network), upTo < 0 ? path : path.slice(0, upTo)),
    ({ reaction, emitted, after }) =>
      reaction === 'quiescence' ? outcomeParts(network, emitted, after).join('; ') : undefined,
  );
  for (const [i, { call, outcome }] of steps.entries()) {
    const [step, actual] = [`${name}, step ${i + 1}: "${call}"`, played[i]];
    if (actual === undefined)
      throw new UserError(
        'RW307',
        `${step} is not enabled in this state of ${network.name}; write the file again, or type --on with the design or file that the story belongs to`,
      );
    if (actual !== outcome.join('; '))
      differs(
        `${step} has the outcome ${outcome.join('; ')}, but ${network.name} gives ${actual || 'nothing'}`,
      );
  }
  const lines: string[] = [];
  const live = new Live(network, (line) => lines.push(line));
  for (const stimulus of path) live.call(stimulus);
  return lines;
}

async function send(address: string, lines: readonly string[], summary: string): Promise<void> {
  try {
    await sendTo(address, lines);
  } catch (error) {
    throw new UserError(
      'RW048',
      `--to ${address} does not accept a connection (${(error as NodeJS.ErrnoException).code ?? (error as Error).message}); start its server first`,
    );
  }
  process.stdout.write(`${summary}, sent to ${address}\n`);
}

async function serve(port: number, lines: readonly string[], summary: string): Promise<void> {
  const interrupt = abortOnSignal();
  try {
    await serveTo(port, lines, interrupt.signal, (address) =>
      process.stdout.write(`${summary}; listening on ${address} (Ctrl-C to stop)\n`),
    );
  } catch (error) {
    throw new UserError(
      'RW047',
      `--port ${port} is not available (${(error as NodeJS.ErrnoException).code}); type another one`,
    );
  } finally {
    interrupt.release();
  }
}
