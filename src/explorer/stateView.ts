import { flagsText } from '../../machines/outcome.js';
import type { OpsView, World } from '../../machines/world.js';

/** A named component of the world, as fields of text. */
export interface ComponentView {
  readonly name: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** The visible state of a world. */
export interface StateView {
  readonly ftrace: 'alive' | 'switched off' | 'dead';
  /** The effect of calling some function, if that call would be the end. */
  readonly threat?: string;
  readonly records: readonly ComponentView[];
  readonly ops: readonly ComponentView[];
}

/** The four states of a record. */
export const STAGES = ['free', 'direct', 'ipmodify', 'direct+ipmodify'];

const list = (all: readonly (string | number)[]): string => (all.length === 0 ? '-' : all.join());

/** The visible state of a world. */
export const stateView = (world: World): StateView => ({
  ftrace: world.dead ? 'dead' : world.off ? 'switched off' : 'alive',
  ...(world.oops && { threat: 'there is a function whose next call jumps to a NULL func' }),
  ...(world.diesWhenCalled && { threat: 'there is a function whose next call kills ftrace' }),
  records: world.records.map((record) => ({
    name: String(record.number),
    fields: {
      state: record.state,
      count: String(record.count),
      flags: flagsText(record),
      entry: record.entry ?? '-',
      text: record.site,
      // After the end nothing is known.
      runs: world.over ? '?' : list(world.ran(record)),
    },
  })),
  ops: world.ops.map((ops) => ({
    name: ops.name,
    fields: {
      kind: ops.kind,
      state: stateText(ops),
      filter: filterText(ops),
      trampoline: ops.enabled && ops.kind === 'direct' ? trampolineText(ops) : '-',
      owner: ops.kind === 'direct' ? ownerText(ops.owner, ops.sharing) : '-',
    },
  })),
});

const stateText = ({ enabled, spoiled, hollow }: OpsView): string =>
  [
    enabled ? 'enabled' : 'idle',
    ...(spoiled ? ['func still set'] : []),
    ...(hollow ? ['func is NULL'] : []),
  ].join(', ');

function filterText({ filter, reached }: OpsView): string {
  const hidden = filter.filter((record) => !reached.includes(record));
  return `${list(filter)}${hidden.length === 0 ? '' : ` (notrace ${list(hidden)})`}`;
}

/** If each record has a trampoline of its own, the record's entry in the table names it. */
const trampolineText = ({ features, callee }: OpsView): string =>
  features.directHashApi ? 'by record' : callee;

const ownerText = (owner: string, sharing: readonly boolean[]): string => {
  if (owner === 'absent') return 'none';
  if (sharing.length === 1) return `${owner}, ${sharing[0] ? 'sharing' : 'not sharing'}`;
  const records = sharing.flatMap((shares, i) => (shares ? [i + 1] : []));
  return `${owner}, ${records.length === 0 ? 'not sharing' : `sharing ${records.join()}`}`;
};

/** The fields that changed, as `NAME FIELD`. */
export function changesOf(
  now: readonly ComponentView[],
  was: readonly ComponentView[],
): ReadonlySet<string> {
  return new Set(
    now.flatMap(({ name, fields }, i) =>
      Object.entries(fields)
        .filter(([field, value]) => was[i]!.fields[field] !== value)
        .map(([field]) => `${name} ${field}`),
    ),
  );
}
