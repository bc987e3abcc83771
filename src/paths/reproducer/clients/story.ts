import { parseClientScope, patchedBy } from '../../../../machines/clients/scopes.js';
import { areClients } from '../../../../machines/clients/types.js';
import { UserError } from '../../../model/userError.js';
import type { PathsHead, TracePath, TraceStep } from '../../format.js';
import { freeName } from '../freeName.js';

/** All actors of actions, in the order in which outcomes name hits. */
const ACTORS = [
  ...['livepatch', 'fentry', 'fexit'],
  ...['P', 'P2', 'Q', 'Q2', 'O', 'R'],
  ...['tracer', 'sample'],
] as const;

/** A path of clients, with the data for playing it without recwalk. */
export interface ClientStory {
  /** The name of its file, without the ending. */
  readonly name: string;
  readonly description: string;
  readonly head: PathsHead;
  /** The actors of its actions, in the order of ACTORS. */
  readonly actors: readonly string[];
  /** Number of functions that the livepatch patches. */
  readonly patched: number;
  readonly steps: readonly TraceStep[];
}

/** Makes a function that turns the paths of clients into stories with unique names. Throws RW330 for other paths. */
export function clientTeller(head: PathsHead, format: string): (path: TracePath) => ClientStory {
  if (head.scope === undefined || !areClients(head.design))
    throw new UserError(
      'RW330',
      `--to ${format} is for administrator actions, such as those of clients@linux-6.12, and ${head.design} has none: type ${head.scope === undefined ? '' : '--to c, --to tc, '}--to json or --to story`,
    );
  const patched = patchedBy(parseClientScope(head.scope)).length;
  const taken = new Set<string>();
  return ({ description, name, steps }) => {
    const actors = actorsOf(steps);
    return {
      name: freeName(name ?? description, taken),
      description,
      head,
      actors,
      patched,
      steps,
    };
  };
}

/** The actor of an action: `P` in `register kprobe P`. */
export const actorOf = ({ call }: TraceStep): string => call.slice(call.lastIndexOf(' ') + 1);

/** The actors of some actions, in the order of ACTORS. */
function actorsOf(steps: readonly TraceStep[]): readonly string[] {
  const named = new Set(steps.map(actorOf));
  return ACTORS.filter((actor) => named.has(actor));
}

/** The actors of all stories of a folder, in the order of ACTORS. */
export const actorsIn = (stories: readonly ClientStory[]): readonly string[] =>
  ACTORS.filter((actor) => stories.some(({ actors }) => actors.includes(actor)));

export const isProgram = (actor: string): boolean => /^f(entry|exit)$/.test(actor);
/** Whether it is a kprobe that tracefs can make: one without a post_handler. */
export const isEvent = (actor: string): boolean => /^P2?$/.test(actor);
/** Whether it is a kprobe that needs a module: one with a post_handler. */
export const isProbe = (actor: string): boolean => /^[QOR]2?$/.test(actor);
