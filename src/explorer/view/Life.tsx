import type { RowView, StateTable } from '../../domain.js';

/** Center of the box of each stage: two rows, filled column by column. */
const placeIn = (i: number): readonly [x: number, y: number] => [
  75 + 150 * Math.floor(i / 2),
  i % 2 === 0 ? 32 : 122,
];
const WIDE = 124;
const HIGH = 52;

interface Props {
  readonly stages: readonly string[];
  readonly now: StateTable;
  readonly was: StateTable;
}

/** The life of a table's rows: the rows in each stage, and the moves that the last call caused. */
export function Life({ stages, now: { what, rows: now }, was: { rows: was } }: Props) {
  const placeOf = (stage: string) => {
    const i = stages.indexOf(stage);
    return i < 0 ? undefined : placeIn(i);
  };
  const isIn = (stage: string) => (row: RowView) => row.fields.state === stage;
  const stageTexts = stages.map(
    (stage) =>
      `${stage}: ${
        now
          .filter(isIn(stage))
          .map(({ name }) => name)
          .join(' ') || 'none'
      }`,
  );
  return (
    <svg
      class="life"
      viewBox={`0 0 ${150 * Math.ceil(stages.length / 2)} 154`}
      role="img"
      aria-label={`${what[0]!.toUpperCase()}${what.slice(1)}s by state. ${stageTexts.join('; ')}`}
    >
      <defs>
        <marker
          id="head"
          viewBox="0 0 8 8"
          refX="6"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto"
        >
          <path d="M0 0L8 4L0 8Z" />
        </marker>
      </defs>
      {stages.map((stage, i) => {
        const [x, y] = placeIn(i);
        const here = now.filter(isIn(stage));
        return (
          <g key={stage} class={here.length > 0 ? 'stage here' : 'stage'}>
            <rect x={x - WIDE / 2} y={y - HIGH / 2} width={WIDE} height={HIGH} rx="8" />
            <text x={x} y={y - 8}>
              {stage}
            </text>
            {here.map(({ name }, n) => {
              const at = x + (n - (here.length - 1) / 2) * 24;
              return (
                <g key={name} class="record">
                  <circle cx={at} cy={y + 11} r="9.5" />
                  <text x={at} y={y + 15}>
                    {name}
                  </text>
                </g>
              );
            })}
          </g>
        );
      })}
      {now.map(({ name, fields }, i) => {
        const [from, to] = [placeOf(was[i]!.fields.state!), placeOf(fields.state!)];
        if (from === undefined || to === undefined || from === to) return null;
        return <path key={name} class="moved" d={between(from, to)} marker-end="url(#head)" />;
      })}
    </svg>
  );
}

/** A line from the border of one box to the border of another. */
function between([x, y]: readonly [number, number], [u, v]: readonly [number, number]): string {
  const [dx, dy] = [Math.sign(u - x), Math.sign(v - y)];
  const [w, h] = [WIDE / 2, HIGH / 2];
  return `M${x + dx * w} ${y + dy * h}L${u - dx * (w + 2)} ${v - dy * (h + 2)}`;
}
