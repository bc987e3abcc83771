import type { Display, StateView } from '../src/domain.js';
import { flagsText } from './outcome.js';
import type { OpsView, World } from './world.js';

/** The four states of a record. */
const STAGES = ['free', 'direct', 'ipmodify', 'direct+ipmodify'];

const list = (all: readonly (string | number)[]): string => (all.length === 0 ? '-' : all.join());

/** The visible state of a world. */
export const stateView = (world: World): StateView => ({
  status: statusOf(world),
  stages: STAGES,
  tables: [
    {
      what: 'record',
      rows: world.records.map((record) => ({
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
    },
    {
      what: 'ops',
      rows: world.ops.map((ops) => ({
        name: ops.name,
        fields: {
          kind: ops.kind,
          state: stateText(ops),
          filter: filterText(ops),
          trampoline: ops.enabled && ops.kind === 'direct' ? trampolineText(ops) : '-',
          owner: ops.kind === 'direct' ? ownerText(ops.owner, ops.sharing) : '-',
        },
      })),
    },
  ],
});

/** Whether ftrace works, and the effect of calling some function, if that call would be the end. */
function statusOf({
  dead,
  crashed,
  off,
  oops,
  diesWhenCalled,
}: World): NonNullable<StateView['status']> {
  if (crashed) return { text: 'the kernel oopsed', good: false };
  const ftrace = dead ? 'dead' : off ? 'switched off' : 'alive';
  const threat = diesWhenCalled
    ? '; there is a function whose next call kills ftrace'
    : oops
      ? '; there is a function whose next call jumps to a NULL func'
      : '';
  return { text: `ftrace is ${ftrace}${threat}`, good: ftrace === 'alive' && threat === '' };
}

const stateText = ({ enabled, attributes }: OpsView): string =>
  [enabled ? 'enabled' : 'idle', ...attributes].join(', ');

function filterText({ filter, reached }: OpsView): string {
  const hidden = filter.filter((record) => !reached.includes(record));
  return `${list(filter)}${hidden.length === 0 ? '' : ` (notrace ${list(hidden)})`}`;
}

/** If each record has a trampoline of its own, the record's entry in the table names it. */
const trampolineText = ({ isTable, callee }: OpsView): string => (isTable ? 'by record' : callee);

const ownerText = (owner: string, sharing: readonly boolean[]): string => {
  if (owner === 'absent') return 'none';
  if (sharing.length === 1) return `${owner}, ${sharing[0] ? 'sharing' : 'not sharing'}`;
  const records = sharing.flatMap((shares, i) => (shares ? [i + 1] : []));
  return `${owner}, ${records.length === 0 ? 'not sharing' : `sharing ${records.join()}`}`;
};

/** How the explorer shows a state of a design. */
export const display: Display<World> = {
  view: stateView,
  reading:
    "A record has the trampoline in the table of direct functions (entry), the target of the text at the function's entry (text), and the code that runs when the function is called (runs). Changes by the last call are marked.",
  order: ['register', 'unregister', 'direct', 'add', 'remove', 'modify'],
  filter: 'reg X',
};
