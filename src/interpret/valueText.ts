/** The value of a snapshot as text: `a`, `a.b` for a nested state, `a.b, c.d` for parallel states. */
export function valueText(value: unknown): string {
  if (typeof value === 'string') return value;
  return Object.entries(value as object)
    .map(([key, inner]) => [key, valueText(inner)].filter((part) => part !== '').join('.'))
    .join(', ');
}
