import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promela } from '../../src/export/to/promela.js';
import { isLiveness } from '../../src/model/liveness.js';
import type { Network } from '../../src/model/network.js';
import { check } from '../../src/search/check.js';

const answers = (program: string, argument: string) =>
  spawnSync(program, [argument], { stdio: 'ignore' }).status === 0;

/** Whether the programs for the cross-check are installed. */
export const hasSpin = answers('spin', '-V') && answers('gcc', '--version');

/** The result of a search by either tool. */
export interface Counted {
  readonly states: number;
  readonly transitions: number;
  readonly broken: readonly string[];
  readonly findings: readonly string[];
}

/** The result of Spin for a model. */
export interface SpinResult extends Counted {
  readonly code: number | null;
  readonly printed: string;
  /** The calls of its trail; unset if Spin wrote no trail. */
  readonly trail: readonly string[];
}

export async function exported(network: Network): Promise<string> {
  return [...(await promela(network)).pieces!].join('');
}

/** A number of transitions as Spin prints it, with eight digits. */
export const inDigits = (transitions: number): number =>
  Number((transitions + 1).toPrecision(8)) - 1;

/**
 * The numbers that a run of Spin printed. Its transitions are all states that it stored or met again, the first one
 * included: one more than the transitions of the network.
 */
export function account(printed: string): Counted {
  const number = (what: RegExp) => Number(what.exec(printed)?.[1]);
  const linesOf = (what: RegExp) => [...printed.matchAll(what)].map((match) => match[1]!).sort();
  return {
    states: number(/^ *(\d+) states, stored/m),
    transitions: number(/^ *([\d.e+]+) transitions/m) - 1,
    broken: linesOf(/^recwalk: broken (.*)$/gm),
    findings: linesOf(/^recwalk: finding (.*)$/gm),
  };
}

/** Compiles a model with `flags` besides the usual ones, and runs it. */
export function spin(
  model: string,
  flags: readonly string[] = [],
  args: readonly string[] = ['-m1000000'],
): SpinResult {
  const folder = mkdtempSync(join(tmpdir(), 'recwalk-spin-'));
  const run = (program: string, ...rest: string[]) =>
    execFileSync(program, rest, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  try {
    writeFileSync(join(folder, 'model.pml'), model);
    const emitted = run('spin', '-a', 'model.pml');
    if (emitted !== '') throw new Error(`spin -a: ${emitted}`);
    run('gcc', '-O1', '-DSAFETY', '-DNOREDUCE', ...flags, '-o', 'pan', 'pan.c');
    const { status, stdout } = spawnSync('./pan', args, { cwd: folder, encoding: 'utf8' });
    return {
      code: status,
      printed: stdout,
      ...account(stdout),
      trail: stdout.includes('wrote model.pml.trail')
        ? callsOf(run('./pan', '-r', '-S'), readFileSync(join(folder, 'model.pml'), 'utf8'))
        : [],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Whether Spin finds a path that breaks a liveness rule, given the number of the rule from 1 on. */
export function breaksPath(model: string, rule: number): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'recwalk-spin-'));
  const run = (program: string, ...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${program}: ${stdout}${stderr}`);
    return stdout;
  };
  try {
    writeFileSync(join(folder, 'model.pml'), model);
    run('spin', `-DRULE=${rule}`, '-a', 'model.pml');
    run('gcc', '-O1', '-DNOREDUCE', '-o', 'pan', 'pan.c');
    const printed = run('./pan', '-a', '-m100000');
    if (!/errors: [01]$/m.test(printed) || printed.includes('depth too small'))
      throw new Error(`./pan: ${printed}`);
    return printed.includes('acceptance cycle');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The lines of a replay's output that are the comment of a call's option. */
const callsOf = (replay: string, model: string): string[] => {
  const calls = new Set(
    model.split('\n').flatMap((line) => /^\/\* (.*) \*\/$/.exec(line)?.[1] ?? []),
  );
  return replay.split('\n').filter((line) => calls.has(line));
};

/** The result of recwalk for the same network, without properties that are not safety properties. */
export async function checkedCounts(network: Network): Promise<Counted> {
  const { exploration, rules, findings } = await check(network);
  return {
    states: exploration.states,
    transitions: exploration.transitions,
    broken: rules
      .filter(({ rule, verdict }) => verdict === 'broken' && !rule.recoverable && !isLiveness(rule))
      .map(({ rule }) => rule.id)
      .sort(),
    findings: findings.map(({ kind, description }) => `${kind}: ${description}`).sort(),
  };
}

export const counted = ({ states, transitions, broken, findings }: Counted): Counted => ({
  states,
  transitions,
  broken,
  findings,
});
