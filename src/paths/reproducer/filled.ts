/** Text in lines of so many columns. */
export const filled = (text: string, columns: number): string =>
  text.replace(new RegExp(`(.{1,${columns}})(?: +|$)`, 'g'), '$1\n').trimEnd();
