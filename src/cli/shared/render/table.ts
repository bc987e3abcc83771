import Table from 'cli-table3';

const bare = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};

/** A column of a table; aligned left by default. */
export interface Column {
  readonly align?: 'left' | 'right';
  /** Longer cells are wrapped at this width. Without it a column is as wide as its longest cell. */
  readonly width?: number;
}

/** Columns two spaces apart with no borders, so that a mail or a pipe keeps them readable. */
export function table(rows: readonly (readonly string[])[], columns: readonly Column[]): string {
  const table = new Table({
    chars: bare,
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 2 },
    wordWrap: true,
    colAligns: columns.map(({ align }) => align ?? 'left'),
    colWidths: columns.map(({ width }) => width ?? null),
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString().replaceAll(/ +$/gm, '');
}
