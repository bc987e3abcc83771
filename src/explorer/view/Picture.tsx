import { useMemo, useState } from 'preact/hooks';
import type { Place, Step } from '../explored.js';
import { type Dot, MOST, type Picture } from '../picture.js';
import type { Playback } from '../playback.js';

interface Props {
  readonly picture: Picture | undefined;
  readonly place: Place;
  readonly steps: readonly Step[];
  readonly onGo: (playback: Playback) => void;
}

const HIGH = 260;
const WIDE = 900;
const EDGE = 14;

/** All states in columns by depth: the number of calls from the first state. */
export function PictureOf({ picture, place, steps, onGo }: Props) {
  const [cursor, setCursor] = useState<number | undefined>(undefined);
  const drawn = useMemo(() => picture && drawingOf(picture), [picture]);
  if (picture === undefined || drawn === undefined)
    return (
      <section class="picture" aria-label="All states">
        <h2>All states</h2>
        <p class="none">
          There is no picture of this scope: it has more than {MOST} states. Try one that is
          smaller, as small.
        </p>
      </section>
    );
  const { dots, numberOf } = picture;
  const here = numberOf.get(place.state.join());
  const passed = [0, ...steps.map(({ after }) => numberOf.get(after.state.join()))];
  const go = (number: number) => {
    const { calls } = dots[number]!;
    setCursor(undefined);
    onGo({ calls, at: calls.length });
  };
  const near = (by: number, across: number) => {
    const from = dots[cursor ?? here ?? 0]!;
    const depth = from.depth + by;
    const column = dots.flatMap((dot, number) => (dot.depth === depth ? [{ dot, number }] : []));
    const row = Math.min(from.row + across, column.length - 1);
    return column[row]?.number ?? cursor ?? here ?? 0;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const keys: Readonly<Record<string, () => void>> = {
      ArrowRight: () => setCursor(near(1, 0)),
      ArrowLeft: () => setCursor(near(-1, 0)),
      ArrowDown: () => setCursor(near(0, 1)),
      ArrowUp: () => setCursor(near(0, -1)),
      Enter: () => cursor !== undefined && go(cursor),
    };
    if (!Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]!();
  };
  const shown = cursor ?? here;
  return (
    <section class="picture" aria-label="All states">
      <h2>
        All {dots.length} states{' '}
        <small>by number of calls from the first; click one to go there</small>
      </h2>
      <svg
        viewBox={`0 0 ${WIDE} ${HIGH}`}
        // lower case: names in SVG are used as written
        tabindex={0}
        role="application"
        aria-label={`All states; arrows choose one, Enter goes there. ${shown === undefined ? '' : dotText(dots[shown]!)}`}
        onKeyDown={onKeyDown}
      >
        <path class="ways" d={drawn.ways} />
        <path
          class="passed"
          d={passed
            .flatMap((number) => (number === undefined ? [] : [drawn.at[number]!]))
            .map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`)
            .join('')}
        />
        {dots.map((dot, number) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: the picture handles the keys
          <circle
            key={number}
            cx={drawn.at[number]![0]}
            cy={drawn.at[number]![1]}
            r={number === here ? 6 : number === cursor ? 5 : 3.2}
            class={`${dot.broken ? 'broken' : 'whole'}${number === here ? ' here' : ''}${number === cursor ? ' cursor' : ''}`}
            data-state={number}
            onClick={() => go(number)}
          >
            <title>{dotText(dot)}</title>
          </circle>
        ))}
      </svg>
      <p class="key">
        <span class="dot here" /> present state <span class="dot broken" /> a rule breaks there, or
        by a call that leads there
      </p>
    </section>
  );
}

const dotText = ({ depth, row, broken }: Dot): string =>
  `State ${row + 1} of those ${depth} ${depth === 1 ? 'call' : 'calls'} away${broken ? '; a rule breaks there, or by a call that leads there' : ''}`;

/** Coordinates of the dots, and all transitions as one path. */
function drawingOf({ dots, ways, depth, rows }: Picture) {
  const counts: number[] = [];
  for (const dot of dots) counts[dot.depth] = (counts[dot.depth] ?? 0) + 1;
  const across = (WIDE - 2 * EDGE) / Math.max(depth, 1);
  const down = (HIGH - 2 * EDGE) / Math.max(rows - 1, 1);
  const at = dots.map((dot): readonly [number, number] => [
    EDGE + dot.depth * across,
    HIGH / 2 + (dot.row - (counts[dot.depth]! - 1) / 2) * down,
  ]);
  const line = ([from, to]: readonly [number, number]) => {
    const [[x, y], [u, v]] = [at[from]!, at[to]!];
    return `M${x.toFixed(1)} ${y.toFixed(1)}L${u.toFixed(1)} ${v.toFixed(1)}`;
  };
  return { at, ways: ways.map(line).join('') };
}
