import type { Client, ClientView } from '../../../../machines/clients/client.js';
import { clients } from '../../../../machines/clients/clients.js';
import { areClients } from '../../../../machines/clients/name.js';
import type { ClientReproducer, ShellAction } from '../../../../machines/clients/reproducer.js';
import { parseClientScope } from '../../../../machines/clients/scopes.js';
import { UserError } from '../../../model/userError.js';
import type { PathsHead, TracePath, TraceStep } from '../../format.js';
import { freeName } from '../freeName.js';

/** A client of the stories, with its actors in them. */
export interface ClientActors {
  readonly reproducer: ClientReproducer;
  readonly actors: readonly string[];
}

/** A path of clients, with the data for playing it without recwalk. */
export interface ClientStory {
  /** The name of its file, without the ending. */
  readonly name: string;
  readonly description: string;
  readonly head: PathsHead;
  /** The clients of its actions. */
  readonly clients: readonly ClientActors[];
  readonly scope: Readonly<Record<string, number>>;
  readonly steps: readonly TraceStep[];
}

/** Makes a function that turns the paths of clients into stories with unique names. Throws RW330 for other paths. */
export function clientStoryMaker(
  head: PathsHead,
  format: string,
): (path: TracePath) => ClientStory {
  if (head.scope === undefined || !areClients(head.design))
    throw new UserError(
      'RW330',
      `--to ${format} is for administrator actions, such as those of clients@linux-6.12, and ${head.design} has none: type ${head.scope === undefined ? '' : '--to c, --to tc, '}--to json or --to story`,
    );
  const scope = parseClientScope(head.scope);
  const taken = new Set<string>();
  return ({ description, name, steps }) => {
    const named = new Set(steps.map(actorOf));
    return {
      name: freeName(name ?? description, taken),
      description,
      head,
      clients: clientsWith((actor) => named.has(actor)),
      scope,
      steps,
    };
  };
}

/** The actor of each action, as `P` of `register kprobe P`. */
const actorOfAction: ReadonlyMap<string, string> = new Map(
  clients.flatMap(({ reproducer }) =>
    reproducer.actors.flatMap((actor) =>
      reproducer.actions(actor, {}).map(({ description }) => [description, actor] as const),
    ),
  ),
);

export const actorOf = ({ call }: TraceStep): string => actorOfAction.get(call) ?? call;

function clientsWith(isMeant: (actor: string) => boolean): readonly ClientActors[] {
  return (clients as readonly Client<never, ClientView>[])
    .map(({ reproducer }) => ({ reproducer, actors: reproducer.actors.filter(isMeant) }))
    .filter(({ actors }) => actors.length > 0);
}

/** The clients of all stories of a folder. */
export const clientsIn = (stories: readonly ClientStory[]): readonly ClientActors[] =>
  clientsWith((actor) => stories.some((story) => actorsIn(story).includes(actor)));

/** The actors of a story. */
export const actorsIn = (story: ClientStory): readonly string[] =>
  story.clients.flatMap(({ actors }) => actors);

/** The actions on an actor: the first half adds it, the second half removes it. */
export function actionsOn(actor: string, scope: ClientStory['scope']): readonly ShellAction[] {
  const { reproducer } = clients.find((client) => client.reproducer.actors.includes(actor))!;
  return reproducer.actions(actor, scope);
}
