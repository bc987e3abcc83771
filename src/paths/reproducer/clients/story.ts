import { parseClientScope, patchedBy } from '../../../../machines/clients/scopes.js';
import { areClients } from '../../../../machines/clients/types.js';
import { UserError } from '../../../model/userError.js';
import type { PathsHead, TracePath, TraceStep } from '../../format.js';
import { freeName } from '../freeName.js';

/** Everybody an action can be about, in the order in which outcomes name those who are hit. */
const ACTORS = [
  ...['livepatch', 'fentry', 'fexit'],
  ...['P', 'P2', 'Q', 'Q2', 'O', 'R'],
  ...['tracer', 'sample'],
] as const;

/** A path of clients as those need it who play it without recwalk. */
export interface ClientStory {
  /** What its file is called, without the ending. */
  readonly name: string;
  readonly description: string;
  readonly head: PathsHead;
  /** The clients that are in it, in the order of ACTORS. */
  readonly actors: readonly string[];
  /** How many functions the livepatch is of. */
  readonly patched: number;
  readonly steps: readonly TraceStep[];
}

/** Turns the paths of clients into stories with file names of their own. Throws RW330 for other paths. */
export function clientTeller(head: PathsHead, format: string): (path: TracePath) => ClientStory {
  if (head.scope === undefined || !areClients(head.design))
    throw new UserError(
      'RW330',
      `--to ${format} is for what an administrator does, as clients@linux-6.12; ${head.design} is not: type ${head.scope === undefined ? '' : '--to c, --to tc, '}--to json or --to story`,
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

/** Whom an action is about: `P` of `register kprobe P`. */
export const actorOf = ({ call }: TraceStep): string => call.slice(call.lastIndexOf(' ') + 1);

/** Those of some actions, in the order of ACTORS. */
function actorsOf(steps: readonly TraceStep[]): readonly string[] {
  const named = new Set(steps.map(actorOf));
  return ACTORS.filter((actor) => named.has(actor));
}

/** The clients of all stories of a folder. */
export const actorsIn = (stories: readonly ClientStory[]): readonly string[] =>
  ACTORS.filter((actor) => stories.some(({ actors }) => actors.includes(actor)));

export const isProgram = (actor: string): boolean => /^f(entry|exit)$/.test(actor);
/** A kprobe that tracefs can make: it has no post_handler. */
export const isEvent = (actor: string): boolean => /^P2?$/.test(actor);
/** A kprobe that takes a module: it has a post_handler. */
export const isProbe = (actor: string): boolean => /^[QOR]2?$/.test(actor);
