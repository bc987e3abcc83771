import { areClients } from '../../../machines/clients/types.js';
import type { OpsInput } from '../../../machines/ops/context.js';
import { opsOf, parseScope } from '../../../machines/scopes.js';
import type { Message } from '../../model/network.js';
import { UserError } from '../../model/userError.js';
import type { PathsHead, TracePath, TraceStep } from '../format.js';
import { freeName } from './freeName.js';

/** A path of a design as those need it who play it without recwalk. */
export interface Story {
  /** What its file is called, without the ending. */
  readonly name: string;
  readonly description: string;
  readonly head: PathsHead;
  readonly records: number;
  /** The ops that are in it, in the order of the scope. */
  readonly ops: readonly OpsInput[];
  readonly steps: readonly TraceStep[];
}

/** A call in parts: `register` of X, records 2,1. */
export interface Made {
  readonly type: string;
  /** None for what is done to ftrace itself. */
  readonly ops: OpsInput | undefined;
  /** The records it names, in the order of the filter's hash where that is part of the call. */
  readonly records: readonly number[];
  readonly message: Message;
}

/** Turns the paths of a design into stories with file names of their own. Throws RW330 for other paths. */
export function storyteller(head: PathsHead, format: string): (path: TracePath) => Story {
  if (head.scope === undefined)
    throw new UserError(
      'RW330',
      `--to ${format} is for paths of a design, whose calls a kernel knows; ${head.design} is a network of its own: type --to json or --to story`,
    );
  if (areClients(head.design))
    throw new UserError(
      'RW330',
      `--to ${format} is for calls of ftrace's own functions; ${head.design} is what an administrator does: type --to sh, --to json or --to story`,
    );
  const scope = parseScope(head.scope);
  const taken = new Set<string>();
  return ({ description, name, steps }) => {
    const called = new Set(steps.map(({ stimulus }) => stimulus.to));
    return {
      name: freeName(name ?? description, taken),
      description,
      head,
      records: scope.records,
      ops: opsOf(scope).filter(({ name }) => called.has(name)),
      steps,
    };
  };
}

export function madeIn(story: Story, { stimulus: { to, message } }: TraceStep): Made {
  const ops = story.ops.find(({ name }) => name === to);
  if (ops === undefined && to !== 'ftrace')
    throw new Error(`there is no ${to} in scope ${story.head.scope}`);
  const records = (message.order ?? message.records ?? []) as readonly number[];
  return { type: message.type, ops, records, message };
}
