import { controlIn, oneLine } from '../model/controlCharacters.js';
import { UserError } from '../model/userError.js';
import type { PathStep } from './pathsJson.js';

/** A path as text. It serves as golden test, counterexample, replay script and appendix of a report. */
export interface Story {
  /** Lines that begin with `#`, without the `#`. */
  readonly notes: readonly string[];
  readonly steps: readonly PathStep[];
}

/** The outcome text of a call without any observation; in a story every call has an outcome. */
export const NOTHING_OBSERVED = 'nothing said';

/** The parts of an outcome as a story has them: at least one. */
export const outcomeText = (parts: readonly string[]): string[] =>
  parts.length === 0 ? [NOTHING_OBSERVED] : [...parts];

/** The text after the first word of a note, as `linux-6.12` in `# design linux-6.12`; undefined without such a note. */
export const noteLines = ({ notes }: Story, word: string): string | undefined =>
  notes.find((note) => note.startsWith(`${word} `))?.slice(word.length + 1);

/** Escapes a line that would parse as something else with a leading backslash, which is not part of its text. */
const kept = (line: string) => (/^(#|\\|$)/.test(line) ? `\\${line}` : line);
const read = (line: string) => line.trim().replace(/^\\/, '');

/** Writes each call on a line of its own and, below it, the parts of its outcome, indented by two spaces. */
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

/** Parses one story. Throws RW303 and RW312 with the line, RW304 with the call, RW305 if there are several stories. */
export function parseStory(text: string, name: string): Story {
  const stories = parseStories(text, name);
  if (stories.length > 1)
    throw new UserError(
      'RW305',
      `${name} has ${stories.length} stories; a note (#) after a call begins the next one`,
    );
  return stories[0] ?? { notes: [], steps: [] };
}

/** Parses consecutive stories; each but the first begins with a note. Throws RW303, RW304, RW312. */
export function parseStories(text: string, name: string): Story[] {
  const stories: { notes: string[]; steps: { call: string; outcome: string[] }[] }[] = [];
  text.split('\n').forEach((line, i) => {
    if (line.trim() === '') return;
    const control = controlIn(line.trim());
    if (control !== undefined)
      throw new UserError(
        'RW312',
        `${name}, line ${i + 1} holds the control character ${control}, which could change the display of a terminal or a file; remove it`,
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
        `${name}, line ${i + 1}: an outcome before the first call; write the call on its own line, without indentation`,
      );
  });
  for (const { steps } of stories) {
    const bare = steps.findIndex((step) => step.outcome.length === 0);
    if (bare >= 0)
      throw new UserError(
        'RW304',
        `${name}: call ${bare + 1}, "${steps[bare]!.call}", has no outcome; write it under the call, indented by two spaces`,
      );
  }
  return stories;
}
