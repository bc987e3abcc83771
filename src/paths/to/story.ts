import type { PathsFormat } from '../format.js';
import { writeStory } from '../storyFormat.js';

/** Consecutive stories, each with its purpose and its origin as notes. */
export const format: PathsFormat = {
  async *text({ design, scope }, paths) {
    let separator = '';
    for await (const { description, steps } of paths) {
      const notes = [
        description,
        `design ${design}`,
        ...(scope === undefined ? [] : [`scope ${scope}`]),
      ];
      yield `${separator}${writeStory({ notes, steps })}`;
      separator = '\n';
    }
  },
};
