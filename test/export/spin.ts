import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promela } from '../../src/export/to/promela.js';
import type { Network } from '../../src/model/network.js';
import { check } from '../../src/search/check.js';

const answers = (program: string, argument: string) =>
  spawnSync(program, [argument], { stdio: 'ignore' }).status === 0;

/** What the cross-check cannot do without is here. */
export const hasSpin = answers('spin', '-V') && answers('gcc', '--version');

/** What a search comes to, whoever makes it. */
export interface Counted {
  readonly states: number;
  readonly transitions: number;
  readonly broken: readonly string[];
  readonly findings: readonly string[];
}

/** Spin's account of a model. */
export interface Spun extends Counted {
  readonly code: number | null;
  readonly printed: string;
  /** The calls of the trail that it left, if it left one. */
  readonly trail: readonly string[];
}

export async function exported(network: Network): Promise<string> {
  return [...(await promela(network)).pieces!].join('');
}

/** So many transitions as Spin prints them, which has eight digits for a number. */
export const inDigits = (transitions: number): number =>
  Number((transitions + 1).toPrecision(8)) - 1;

/**
 * What a run of Spin printed. It counts the first state among those it stored, and as transitions all
 * that it stored or met again: one more than there are ways from state to state.
 */
export function account(printed: string): Counted {
  const number = (what: RegExp) => Number(what.exec(printed)?.[1]);
  const told = (what: RegExp) => [...printed.matchAll(what)].map((match) => match[1]!).sort();
  return {
    states: number(/^ *(\d+) states, stored/m),
    transitions: number(/^ *([\d.e+]+) transitions/m) - 1,
    broken: told(/^recwalk: broken (.*)$/gm),
    findings: told(/^recwalk: finding (.*)$/gm),
  };
}

/** Compiles a model with `flags` besides the usual ones, and runs it. */
export function spin(
  model: string,
  flags: readonly string[] = [],
  args: readonly string[] = ['-m1000000'],
): Spun {
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

/** Of all that a replay prints, the lines that a call's option has as its comment. */
const callsOf = (replay: string, model: string): string[] => {
  const calls = new Set(
    model.split('\n').flatMap((line) => /^\/\* (.*) \*\/$/.exec(line)?.[1] ?? []),
  );
  return replay.split('\n').filter((line) => calls.has(line));
};

/** What recwalk says of the same; what no safety property can say is left out. */
export async function walked(network: Network): Promise<Counted> {
  const { exploration, rules, findings } = await check(network);
  return {
    states: exploration.states,
    transitions: exploration.transitions,
    broken: rules
      .filter(({ rule, verdict }) => verdict === 'broken' && !rule.recoverable)
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
