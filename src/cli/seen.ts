import { readdirSync, readFileSync } from 'node:fs';
import type { Check } from '../engine/check.js';
import type { Rule } from '../model/network.js';
import type { Model } from '../replay/model.js';
import { type Difference, type Machine, nothingWalked, walk } from '../replay/walk.js';
import { packageRoot } from './version.js';

const FOLDER = new URL('machines/seen/', packageRoot);

/** What kernels have shown, as replay wrote it down. */
export function seenOnKernels(): readonly Seen[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
  return files
    .sort()
    .flatMap((file) => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Seen[]);
}

/** The story of a broken rule, played on a kernel. */
export interface Seen {
  readonly design: string;
  readonly rule: string;
  readonly kernel: string;
  readonly calls: readonly string[];
  /** Whether the kernel did at every step what the model says. Not so without a difference: it had another choice. */
  readonly agrees: boolean;
  /** Set where no outcome can show the break, even if every step agrees. */
  readonly unseen?: string;
  readonly difference?: Difference;
}

/** Why no outcome can show that a rule is broken; undefined where one can. */
export const unseenOf = ({ recoverable, unseen }: Rule<never>): string | undefined =>
  recoverable ? 'one way there cannot show that no way leads back' : unseen;

/** Plays the shortest story of every broken rule on one guest. */
export async function seeStories(
  { rules, tables }: Check,
  model: Model,
  guest: Machine,
  kernel: string,
  setup: string,
  design: string,
  signal: AbortSignal,
): Promise<Seen[]> {
  const seen: Seen[] = [];
  for (const { rule, path } of rules) {
    if (path === undefined || signal.aborted) continue;
    const calls = path.map((stimulus) => tables.network.stimuli[stimulus]!.says);
    const unseen = unseenOf(rule);
    const { difference, followed } = await walk(calls, model, guest, setup, nothingWalked(model));
    seen.push({
      design,
      rule: rule.id,
      kernel,
      calls,
      agrees: followed,
      ...(unseen === undefined ? {} : { unseen }),
      ...(difference === undefined ? {} : { difference }),
    });
  }
  return seen;
}
