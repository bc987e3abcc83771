/** Wraps text into lines of at most `columns` columns. */
export const filled = (text: string, columns: number): string =>
  text.replace(new RegExp(`(.{1,${columns}})(?: +|$)`, 'g'), '$1\n').trimEnd();
