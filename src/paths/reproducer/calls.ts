import { calls } from '../../../machines/calls/calls.js';
import type { CallReproducer, MadeCall, ModuleState } from '../../../machines/calls/reproducer.js';
import { trampolineOf } from '../../../machines/calls/reproducer.js';
import { madeIn, type Story } from './story.js';

/** The reproducer of a call. Throws Error if the call has none. */
export function reproducerOf({ type, ops }: MadeCall): CallReproducer {
  const found = calls.find(({ requests = {}, withoutRequest = [], global, isFor }) =>
    ops === undefined
      ? global !== undefined
      : (Object.hasOwn(requests, type) || withoutRequest.includes(type)) &&
        (isFor?.(ops, false) ?? true),
  );
  if (found?.reproducer === undefined) throw new Error(`no reproducer for ${type}`);
  return found.reproducer;
}

/** Writes each call of a story in C, and tracks the trampoline that the next one has to name. */
export class Calls {
  readonly #state: ModuleState = { onSecond: new Set(), plain: new Set(), ftraceEnabled: true };

  constructor(readonly story: Story) {}

  /** The call of a step, a C expression whose value is the return value of the call. */
  next(step: Story['steps'][number], succeeds: boolean): string {
    const made = madeIn(this.story, step) as MadeCall & {
      readonly ops: NonNullable<MadeCall['ops']>;
    };
    const reproducer = reproducerOf(made);
    const call = reproducer.c(made, this.#state);
    if (succeeds) reproducer.note?.(made, this.#state);
    return call;
  }

  /** The C statements that clean up after the last step, one on each line. */
  undo(): readonly string[] {
    return [
      ...[...this.story.ops]
        .sort((a, b) => Number(a.kind === 'direct') - Number(b.kind === 'direct'))
        .flatMap(({ name, kind }) => {
          const directly = kind === 'direct' && !this.#state.plain.has(name);
          return [
            `if (${name}.flags & FTRACE_OPS_FL_ENABLED)`,
            `\t${directly ? `unregister_direct(&${name}, ${trampolineOf(name, this.#state)})` : `unregister_ftrace_function(&${name})`};`,
          ];
        }),
      ...(this.#state.ftraceEnabled ? [] : ['write_ftrace_enabled("1");']),
    ];
  }
}
