import type { MadeCall } from '../../../machines/calls/reproducer.js';
import type { TraceStep } from '../format.js';
import { reproducerOf } from './calls.js';
import { madeIn, type Story } from './story.js';

/** The reason why a shell cannot make the calls of a story; undefined if it can. */
export function whyNoScript(story: Story): string | undefined {
  const { ops } = story;
  const unsupported = ops.find(({ kind }) => kind === 'direct' || kind === 'ipmodify');
  if (unsupported !== undefined)
    return `${unsupported.name} is ${unsupported.kind === 'direct' ? 'a direct' : 'an IPMODIFY'} ops, and tracefs can make none`;
  if (ops.filter(({ kind }) => kind === 'regs').length > 1)
    return 'tracefs can make one ops with SAVE_REGS only, that of all kprobes';
  for (const step of story.steps) {
    const made = madeIn(story, step);
    const why = reproducerOf(made).notInShell?.(made);
    if (why !== undefined) return `${step.call}: ${why}`;
  }
  return undefined;
}

/** Writes each call of a story for a shell whose working directory is tracefs. */
export class ShellCalls {
  readonly #live = new Set<string>();

  constructor(readonly story: Story) {}

  next(step: TraceStep): readonly string[] {
    const made = madeIn(this.story, step) as MadeCall & {
      readonly ops: NonNullable<MadeCall['ops']>;
    };
    const { shell } = reproducerOf(made);
    if (shell === undefined) throw new Error(`no shell command for ${made.type}`);
    const name = made.ops?.name;
    const lines = shell(made, this.#live.has(name));
    if (made.type === 'register') this.#live.add(name);
    if (made.type === 'unregister') this.#live.delete(name);
    return lines;
  }
}
