import { type Made, madeIn, type Story } from './story.js';

const record = (number: number) => `IP(RECORD(${number}))`;

/** Writes each call of a story in C, and tracks the trampoline that the next one has to name. */
export class Calls {
  /** Direct ops that are on their second trampoline. */
  readonly #onB = new Set<string>();
  /** Direct ops whose register_ftrace_function() succeeded. */
  readonly #plain = new Set<string>();
  #enabled = true;

  constructor(readonly story: Story) {}

  /** The call of a step, a C expression whose value is the return value of the call. */
  next(step: Story['steps'][number], succeeds: boolean): string {
    const made = madeIn(this.story, step);
    const call = this.#call(made);
    if (succeeds) this.#note(made);
    return call;
  }

  /** The C statements that clean up after the last step, one on each line. */
  undo(): readonly string[] {
    return [
      ...[...this.story.ops]
        .sort((a, b) => Number(a.kind === 'direct') - Number(b.kind === 'direct'))
        .flatMap(({ name, kind }) => {
          const directly = kind === 'direct' && !this.#plain.has(name);
          return [
            `if (${name}.flags & FTRACE_OPS_FL_ENABLED)`,
            `\t${directly ? `unregister_direct(&${name}, IP(${this.#trampoline(name)}))` : `unregister_ftrace_function(&${name})`};`,
          ];
        }),
      ...(this.#enabled ? [] : ['write_ftrace_enabled("1");']),
    ];
  }

  #trampoline(name: string, other = false): string {
    return `${name}_${this.#onB.has(name) === other ? 'a' : 'b'}`;
  }

  #call({ type, ops, records, message }: Made): string {
    if (ops === undefined) return `write_ftrace_enabled("${message.on ? 1 : 0}")`;
    const { name, kind } = ops;
    const [first] = records;
    const direct = kind === 'direct';
    switch (type) {
      case 'add':
      case 'remove':
        return `ftrace_set_filter_ip(&${name}, ${record(first!)}, ${type === 'remove' ? 1 : 0}, 0)`;
      case 'notrace':
        return first === undefined
          ? `ftrace_set_notrace(&${name}, NULL, 0, 1)`
          : `hide(&${name}, ${first})`;
      case 'modify':
        return `modify_direct(&${name}, IP(${this.#trampoline(name, true)}))`;
      case 'unregister other':
        return `unregister_direct(&${name}, IP(${this.#trampoline(name, true)}))`;
      case 'register':
        return direct
          ? `register_direct(&${name}, IP(${name}_a))`
          : `register_ftrace_function(&${name})`;
      case 'unregister':
        return direct
          ? `unregister_direct(&${name}, IP(${this.#trampoline(name)}))`
          : `unregister_ftrace_function(&${name})`;
      case 'plain register':
        return `register_ftrace_function(&${name})`;
      case 'plain unregister':
        return `unregister_ftrace_function(&${name})`;
    }
    throw new Error(`no call in C for ${type}`);
  }

  #note({ type, ops, message }: Made): void {
    if (ops === undefined) this.#enabled = message.on === true;
    else if (type === 'register') this.#onB.delete(ops.name);
    else if (type === 'plain register') this.#plain.add(ops.name);
    else if (type.includes('unregister')) this.#plain.delete(ops.name);
    else if (type === 'modify' && !this.#onB.delete(ops.name)) this.#onB.add(ops.name);
  }
}
