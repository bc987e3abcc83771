import type { MadeCall } from '../../../machines/calls/reproducer.js';
import { areClients } from '../../../machines/clients/name.js';
import type { OpsInput } from '../../../machines/ops/context.js';
import { opsOf, parseScope } from '../../../machines/scopes.js';
import { UserError } from '../../model/userError.js';
import type { PathsHead, TracePath, TraceStep } from '../format.js';
import { freeName } from './freeName.js';

/** A path of a design, with the data for playing it without recwalk. */
export interface Story {
  /** The name of its file, without the ending. */
  readonly name: string;
  readonly description: string;
  readonly head: PathsHead;
  readonly records: number;
  /** The ops that its calls are on, in the order of the scope. */
  readonly ops: readonly OpsInput[];
  readonly steps: readonly TraceStep[];
}

/** Makes a function that turns the paths of a design into stories with unique names. Throws RW330 for other paths. */
export function storyMaker(head: PathsHead, format: string): (path: TracePath) => Story {
  if (head.scope === undefined)
    throw new UserError(
      'RW330',
      `--to ${format} is for paths of a design, whose calls exist in a kernel; ${head.design} is a network of your own: type --to json or --to story`,
    );
  if (areClients(head.design))
    throw new UserError(
      'RW330',
      `--to ${format} is for calls of ftrace's own functions; ${head.design} has administrator actions: type --to sh, --to json or --to story`,
    );
  const scope = parseScope(head.scope);
  if (scope.callers > 1)
    throw new UserError(
      'RW330',
      `--to ${format} plays one call after the other; the calls of ${head.scope} overlap: type --to json or --to story, which recwalk replay plays`,
    );
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

/** The parts of the call of a step. Throws Error if the story has no such ops. */
export function madeIn(story: Story, { stimulus: { to, message } }: TraceStep): MadeCall {
  const ops = story.ops.find(({ name }) => name === to);
  if (ops === undefined && to !== 'ftrace')
    throw new Error(`there is no ${to} in scope ${story.head.scope}`);
  const records = (message.order ?? message.records ?? []) as readonly number[];
  return { type: message.type, ops, records, message };
}
