import { code, plain } from '../../model/markdown.js';
import { UserError } from '../../model/userError.js';
import type { PathsHead, TracePath, TraceStep } from '../format.js';

/** A file of the folder. */
export interface StoryFile {
  readonly name: string;
  readonly text: string;
}

/** The fields of any story that becomes a file. */
interface Filed {
  /** The name of its file, without the ending. */
  readonly name: string;
  readonly description: string;
  readonly steps: readonly TraceStep[];
}

/** The parts of a folder of stories. */
export interface Folder<Story extends Filed> {
  /** The value of `--to`. */
  readonly to: string;
  /** The ending of the stories' files, as `.c`. */
  readonly ending: string;
  readonly title: string;
  /** Instructions for running them. */
  readonly how: string;
  /** Other values of `--to`, for paths that this format cannot express. */
  readonly instead: string;
  /** Makes the one function that turns all paths of a folder into stories. Throws RW330 for paths of another kind. */
  teller(head: PathsHead, to: string): (path: TracePath) => Story;
  /** The reason why a story cannot be one of the files; undefined if it can. */
  unsayable(story: Story): string | undefined;
  text(story: Story): string;
  /** Files that all of these stories share. The stories have no steps here, because the steps are not kept. */
  besides(told: readonly Story[]): readonly StoryFile[];
}

/** Writes a file for each path that can be one, and a README. Throws RW330, and RW331 if no path can. */
export async function* folderOf<Story extends Filed>(
  head: PathsHead,
  paths: AsyncIterable<TracePath>,
  folder: Folder<Story>,
): AsyncIterable<StoryFile> {
  const tell = folder.teller(head, folder.to);
  const told: Story[] = [];
  const left: { readonly description: string; readonly why: string }[] = [];
  for await (const path of paths) {
    const story = tell(path);
    const why = folder.unsayable(story);
    if (why === undefined) {
      yield { name: story.name + folder.ending, text: folder.text(story) };
      told.push({ ...story, steps: [] });
    } else left.push({ description: story.description, why });
  }
  if (told.length === 0)
    throw new UserError(
      'RW331',
      `none of the paths of ${head.design} can be written --to ${folder.to}: ${left[0]?.why ?? 'there is none'}; type --to ${folder.instead}, or another --scope`,
    );
  yield* folder.besides(told);
  yield { name: 'README.md', text: readme(head, folder, told, left) };
}

const readme = (
  { version, design, scope }: PathsHead,
  { title, how, ending }: Pick<Folder<Filed>, 'title' | 'how' | 'ending'>,
  told: readonly Filed[],
  left: readonly { readonly description: string; readonly why: string }[],
): string => `# ${title}

Written by recwalk ${version}: design ${code(design)}, scope ${code(scope ?? '')}. What is expected is what the design says; a step that
is not as expected is where a kernel departs from the design.

${how}

${told.map(({ name, description }) => `- \`${name}${ending}\`: ${plain(description)}\n`).join('')}${
  left.length === 0
    ? ''
    : `\nNot here:\n\n${left.map(({ description, why }) => `- ${plain(description)}: ${plain(why)}\n`).join('')}`
}`;
