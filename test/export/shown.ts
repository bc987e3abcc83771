import type { AnyStateMachine } from 'xstate';
import { machines } from '../../machines/index.js';
import type { Shown } from '../../src/export/machine.js';

/** Every machine that can be exported. */
export const all: readonly Shown[] = Object.entries(machines).map(([name, machine]) => ({
  name,
  ...machine,
}));

/** One transition of a machine's config, read without XState. */
export interface Raw {
  readonly from: string;
  readonly on: string;
  readonly guard: string;
  /** Empty for none. */
  readonly to: string;
  readonly actions: readonly string[];
}

// biome-ignore lint/suspicious/noExplicitAny: a config is read as its author wrote it
type Config = any;

const nameOf = (what: Config): string => (typeof what === 'string' ? what : (what?.type ?? ''));

/** All transitions, the root's first; `from` is empty for these. */
export function raw({ config }: { readonly config: Config }): Raw[] {
  const of = (node: Config, from: string): Raw[] =>
    [...Object.entries<Config>(node.on ?? {}), ['', node.always ?? []] as const].flatMap(
      ([on, given]) =>
        [given].flat().map((t) => ({
          from,
          on,
          guard: nameOf(t.guard),
          // The machine itself names a state of its own with a dot.
          to: (typeof t === 'string' ? t : (t.target ?? '')).replace(/^\./, ''),
          actions: [t.actions ?? []].flat().map(nameOf),
        })),
    );
  return [
    ...of(config, ''),
    ...Object.entries<Config>(config.states ?? {}).flatMap(([name, node]) => of(node, name)),
  ];
}

export const statesIn = (machine: AnyStateMachine): readonly string[] =>
  Object.keys(machine.config.states ?? {});

/** The transitions that a drawing shows as arrows between two states. */
export const leaving = (machine: AnyStateMachine): readonly Raw[] =>
  raw(machine).filter(({ from, to }) => from !== '' && to !== '' && to !== from);

/** The arrows of a drawing, each with `from` and `to`; it merges transitions between the same states. */
export const pairs = (machine: AnyStateMachine): readonly string[] =>
  [...new Set(leaving(machine).map(({ from, to }) => `${from} -> ${to}`))].sort();

/** Event, guard and actions in the form of UML. */
export const uml = ({ on, guard, actions }: Raw): string =>
  `${on}${guard === '' ? '' : ` [${guard}]`}${actions.length === 0 ? '' : ` / ${actions.join(', ')}`}`.trim();
