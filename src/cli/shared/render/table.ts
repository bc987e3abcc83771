import { displayWidth } from './displayWidth.js';
import { wrapped } from './wrap.js';

/** A column of a table; aligned left by default. */
export interface Column {
  readonly align?: 'left' | 'right';
  /** Longer cells are wrapped at this width. Without it a column is as wide as its longest cell. */
  readonly width?: number;
  /** Applied to each line of a cell after it is wrapped. */
  readonly color?: (line: string) => string;
}

/** Columns two spaces apart with no borders, so that a mail or a pipe keeps them readable. */
export function table(rows: readonly (readonly string[])[], columns: readonly Column[]): string {
  const cells = rows.map((row) =>
    row.map((cell, c) => wrapped(cell, '', '', columns[c]!.width ?? Infinity).split('\n')),
  );
  const widths = columns.map((_, c) =>
    Math.max(...cells.flatMap((row) => row[c]!.map(displayWidth))),
  );
  return cells
    .flatMap((row) =>
      Array.from({ length: Math.max(...row.map((lines) => lines.length)) }, (_, i) =>
        row
          .map((lines, c) => aligned(lines[i] ?? '', widths[c]!, columns[c]!))
          .join('  ')
          .replace(/ +$/, ''),
      ),
    )
    .join('\n');
}

function aligned(line: string, width: number, { align, color }: Column): string {
  const room = ' '.repeat(width - displayWidth(line));
  const text = color === undefined || line === '' ? line : color(line);
  return align === 'right' ? room + text : text + room;
}
