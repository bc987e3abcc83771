import { controlIn, oneLine } from '../model/controlCharacters.js';
import { UserError } from '../model/userError.js';
import type { PathStep } from './pathsJson.js';

/** A path as text: golden test, counterexample, replay script and appendix of a report in one. */
export interface Story {
  /** Lines that begin with `#`, without it. */
  readonly notes: readonly string[];
  readonly steps: readonly PathStep[];
}

/** The outcome of a call of which nothing was said: in a story every call has one. */
export const NOTHING_OBSERVED = 'nothing said';

/** An outcome as a story has it. */
export const outcomeText = (parts: readonly string[]): string[] =>
  parts.length === 0 ? [NOTHING_OBSERVED] : [...parts];

/** What a note of a story says after its first word, as `linux-6.12` in `# design linux-6.12`. */
export const noteLines = ({ notes }: Story, word: string): string | undefined =>
  notes.find((note) => note.startsWith(`${word} `))?.slice(word.length + 1);

/** A line that would be read as something else begins with a backslash, which is not of its text. */
const kept = (line: string) => (/^(#|\\|$)/.test(line) ? `\\${line}` : line);
const read = (line: string) => line.trim().replace(/^\\/, '');

/** Each call on a line of its own; under it, set in by two blanks, the parts of its outcome. */
export function writeStory({ notes, steps }: Story): string {
  return [
    ...notes.map((note) => oneLine(`# ${note}`)),
    ...steps.flatMap(({ call, outcome }) => [
      kept(oneLine(call)),
      ...outcome.map((part) => `  ${kept(oneLine(part))}`),
    ]),
    '',
  ].join('\n');
}

/** Reads one story. Throws RW303, RW304, RW312 with the line, RW305 if there are several. */
export function parseStory(text: string, name: string): Story {
  const stories = parseStories(text, name);
  if (stories.length > 1)
    throw new UserError(
      'RW305',
      `${name} holds ${stories.length} stories; a note (#) after a call begins another`,
    );
  return stories[0] ?? { notes: [], steps: [] };
}

/** Reads stories that stand one after the other; each but the first begins with a note. Throws RW303, RW304, RW312. */
export function parseStories(text: string, name: string): Story[] {
  const stories: { notes: string[]; steps: { call: string; outcome: string[] }[] }[] = [];
  text.split('\n').forEach((line, i) => {
    if (line.trim() === '') return;
    const control = controlIn(line.trim());
    if (control !== undefined)
      throw new UserError(
        'RW312',
        `${name}, line ${i + 1} holds the control character ${control}, which could change what a terminal or a file shows; take it out`,
      );
    let story = stories.at(-1);
    const isNote = line.startsWith('#');
    if (story === undefined || (isNote && story.steps.length > 0)) {
      story = { notes: [], steps: [] };
      stories.push(story);
    }
    if (isNote) story.notes.push(line.slice(1).trim());
    else if (!/^\s/.test(line)) story.steps.push({ call: read(line), outcome: [] });
    else if (story.steps.length > 0) story.steps.at(-1)!.outcome.push(read(line));
    else
      throw new UserError(
        'RW303',
        `${name}, line ${i + 1}: an outcome before the first call; write the call on a line of its own, not set in`,
      );
  });
  for (const { steps } of stories) {
    const bare = steps.findIndex((step) => step.outcome.length === 0);
    if (bare >= 0)
      throw new UserError(
        'RW304',
        `${name}: call ${bare + 1}, "${steps[bare]!.call}", has no outcome; write it under the call, set in by two blanks`,
      );
  }
  return stories;
}
