import type { Answer } from '../../../machines/events.js';
import { reportOf } from './expected.js';
import { madeIn, type Story } from './story.js';

/** The parts of a module that a story needs; its file leaves out the rest. */
export interface Needs {
  readonly direct: boolean;
  readonly ipmodify: boolean;
  readonly owners: boolean;
  /** Its last call leaves a function that jumps to NULL. */
  readonly oops: boolean;
  /** The kernel must WARN during the story. */
  readonly warns: boolean;
  /** The story may have to be played with other functions. */
  readonly skip: boolean;
  /** Numbers, from 1, of the calls whose outcome depends on the order of a hash of addresses. */
  readonly inHashOrder: readonly number[];
}

export function needsOf(story: Story): Needs {
  const { ops, steps } = story;
  const reports = steps.map(reportOf);
  const inHashOrder = steps.flatMap((step, i) => (dependsOnOrder(story, step) ? [i + 1] : []));
  return {
    direct: ops.some(({ kind }) => kind === 'direct'),
    ipmodify: ops.some(({ kind }) => kind === 'ipmodify'),
    owners: ops.some(({ owner }) => owner !== 'absent'),
    oops: reports.some(({ oops }) => oops),
    warns: reports.some(({ warned, diesWhenCalled }) => warned || diesWhenCalled),
    skip: inHashOrder.length > 0,
    inHashOrder,
  };
}

/** Whether the outcome may differ if the kernel calls owners in another order. */
function dependsOnOrder(story: Story, step: Story['steps'][number]): boolean {
  const { type, ops, records } = madeIn(story, step);
  if (ops?.kind !== 'ipmodify' || !type.includes('register') || records.length < 2) return false;
  const { errno, callbacks } = reportOf(step);
  const has = (owner: string) =>
    story.ops.some((one) => one.kind === 'direct' && one.owner === owner);
  // One owner that always agrees gets the same commands in every order, unless a walk ends before it.
  return (
    new Set(callbacks.map((callback) => callback.ops)).size > 1 ||
    callbacks.some(({ answer }) => answer !== 0) ||
    (errno !== 0 && has('absent')) ||
    has('moving') ||
    has('scripted')
  );
}

/** The reason why no module can play the story; undefined if one can. */
export function whyNoModule(story: Story): string | undefined {
  const table = story.steps.some(({ stimulus }) => stimulus.message.type.startsWith('direct '));
  if (table) return 'update_ftrace_direct_add(), _del() and _mod() are not for modules';
  if (story.steps.some((step) => reportOf(step).crashed))
    return 'its last call does not return, which a module cannot report';
  const scripts = story.steps.flatMap(({ stimulus: { message } }) =>
    message.type === 'script' ? (message.script as unknown as readonly Answer[]) : [],
  );
  return scripts.some(({ does }) => does?.type === 'modify')
    ? 'a module does not track the trampoline that an owner names'
    : undefined;
}
