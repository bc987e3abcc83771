import { existsSync, readFileSync } from 'node:fs';
import { UserError } from '../../../model/userError.js';
import { readText } from '../readText.js';

/**
 * The steps of a text: separated by `;` or line ends. `#` begins a comment, and an indented line is an outcome of a
 * story, which is not read.
 */
export function parseSteps(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => !/^\s/.test(line))
    .flatMap((line) => line.replace(/#.*/, '').split(';'))
    .map((step) => step.trim().replace(/\s+/g, ' '))
    .filter((step) => step !== '');
}

/**
 * The steps typed on the command line, of a file, or of stdin (`-`). Throws RW065 if there is no step, and the errors of
 * reading a file.
 */
export function stepsFrom(typed: string): readonly string[] {
  const isFile = typed !== '-' && !typed.includes(';') && existsSync(typed);
  const text = typed === '-' ? readFileSync(0, 'utf8') : isFile ? readText(typed, '') : typed;
  const steps = parseSteps(text);
  if (steps.length === 0)
    throw new UserError(
      'RW065',
      `${typed === '-' ? 'stdin' : `"${typed}"`} has no step; type for example "add X 1; register X"`,
    );
  return steps;
}
