import { oneLine } from '../../model/controlCharacters.js';
import type { PathsFormat } from '../format.js';
import type { PathsFile } from '../pathsJson.js';

/** The format that `recwalk replay` and other programs read; its schema is that of PathsFile. */
export const format: PathsFormat = {
  async *text(head, paths, taken) {
    yield `${JSON.stringify(head).slice(0, -1)},"paths":[`;
    let separator = '';
    for await (const { description, steps } of paths) {
      const path: PathsFile['paths'][number] = {
        description: oneLine(description),
        steps: steps.map(({ call, outcome }) => ({
          call: oneLine(call),
          outcome: outcome.map(oneLine),
        })),
      };
      yield `${separator}\n${JSON.stringify(path)}`;
      separator = ',';
    }
    yield `\n],"coverage":${JSON.stringify(taken())}}\n`;
  },
};
