import type { TraceStep } from '../format.js';
import { type Made, madeIn, type Story } from './story.js';

/** The reason why a shell cannot make the calls of a story; undefined if it can. */
export function unsayableInShell(story: Story): string | undefined {
  const { ops } = story;
  const strange = ops.find(({ kind }) => kind === 'direct' || kind === 'ipmodify');
  if (strange !== undefined)
    return `${strange.name} is ${strange.kind === 'direct' ? 'a direct' : 'an IPMODIFY'} ops, and tracefs can make none`;
  if (ops.filter(({ kind }) => kind === 'regs').length > 1)
    return 'tracefs can make one ops with SAVE_REGS only, that of all kprobes';
  for (const step of story.steps) {
    const made = madeIn(story, step);
    const why = strangeCall(made);
    if (why !== undefined) return `${step.call}: ${why}`;
  }
  return undefined;
}

function strangeCall({ type, ops, records }: Made): string | undefined {
  const whole = type === 'register' || type === 'unregister';
  if (whole && records.length === 0)
    return 'tracefs does not register twice, or with an empty filter, nor unregister what is idle';
  if (ops?.kind !== 'regs') return undefined;
  if (type === 'notrace') return 'a kprobe has no notrace entries';
  if (whole && records.length > 1) return 'kprobes come and go one by one';
  return undefined;
}

const file = (number: number) => `$function_${number}`;

/** Writes each call of a story for a shell whose working directory is tracefs. */
export class ShellCalls {
  readonly #live = new Set<string>();

  constructor(readonly story: Story) {}

  next(step: TraceStep): readonly string[] {
    const made = madeIn(this.story, step);
    const { type, ops, message } = made;
    if (ops === undefined) return [`echo ${message.on ? 1 : 0} > /proc/sys/kernel/ftrace_enabled`];
    const lines = ops.kind === 'regs' ? this.#kprobe(made, ops.name) : tracer(made, ops.name);
    if (type === 'register') this.#live.add(ops.name);
    if (type === 'unregister') this.#live.delete(ops.name);
    return lines;
  }

  /** The ops of all kprobes has a function in its filter as long as the kprobe there is enabled. */
  #kprobe({ type, records }: Made, name: string): readonly string[] {
    const [number] = records as readonly [number];
    const event = `${name}_${number}`;
    const enable = (value: number) =>
      `echo ${value} > instances/${name}/events/kprobes/${event}/enable`;
    const live = this.#live.has(name);
    switch (type) {
      case 'add':
        return [`echo "p:${event} ${file(number)}" >> kprobe_events`, ...(live ? [enable(1)] : [])];
      case 'remove':
        return [...(live ? [enable(0)] : []), `echo "-:${event}" >> kprobe_events`];
      default:
        return [enable(type === 'register' ? 1 : 0)];
    }
  }
}

function tracer({ type, records: [number] }: Made, name: string): readonly string[] {
  const folder = `instances/${name}`;
  switch (type) {
    case 'add':
      return [`echo ${file(number!)} >> ${folder}/set_ftrace_filter`];
    case 'remove':
      return [`echo "!${file(number!)}" >> ${folder}/set_ftrace_filter`];
    case 'notrace':
      return number === undefined
        ? [`echo > ${folder}/set_ftrace_notrace`]
        : [`echo ${file(number)} >> ${folder}/set_ftrace_notrace`];
    default:
      return [`echo ${type === 'register' ? 'function' : 'nop'} > ${folder}/current_tracer`];
  }
}
