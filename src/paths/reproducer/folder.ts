import { code, plain } from '../../model/markdown.js';
import { UserError } from '../../model/userError.js';
import type { PathsHead, TracePath, TraceStep } from '../format.js';

/** A file of the folder. */
export interface StoryFile {
  readonly name: string;
  readonly text: string;
}

/** The fields of any story that becomes a file. */
interface NamedStory {
  /** The name of its file, without the ending. */
  readonly name: string;
  readonly description: string;
  readonly steps: readonly TraceStep[];
}

/** The parts of a folder of stories. */
export interface Folder<Story extends NamedStory> {
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
  storyMaker(head: PathsHead, to: string): (path: TracePath) => Story;
  /** The reason why a story cannot be one of the files; undefined if it can. */
  whyNot(story: Story): string | undefined;
  text(story: Story): string;
  /** Files that all of these stories share. The stories have no steps here, because the steps are not kept. */
  sharedFiles(written: readonly Story[]): readonly StoryFile[];
}

/** Writes a file for each path that can be one, and a README. Throws RW330, and RW331 if no path can. */
export async function* folderOf<Story extends NamedStory>(
  head: PathsHead,
  paths: AsyncIterable<TracePath>,
  folder: Folder<Story>,
): AsyncIterable<StoryFile> {
  const storyOf = folder.storyMaker(head, folder.to);
  const written: Story[] = [];
  const omitted: { readonly description: string; readonly why: string }[] = [];
  for await (const path of paths) {
    const story = storyOf(path);
    const why = folder.whyNot(story);
    if (why === undefined) {
      yield { name: story.name + folder.ending, text: folder.text(story) };
      written.push({ ...story, steps: [] });
    } else omitted.push({ description: story.description, why });
  }
  if (written.length === 0)
    throw new UserError(
      'RW331',
      `none of the paths of ${head.design} can be written --to ${folder.to}: ${omitted[0]?.why ?? 'there is none'}; type --to ${folder.instead}, or another --scope`,
    );
  yield* folder.sharedFiles(written);
  yield { name: 'README.md', text: readme(head, folder, written, omitted) };
}

const readme = (
  { version, design, scope }: PathsHead,
  { title, how, ending }: Pick<Folder<NamedStory>, 'title' | 'how' | 'ending'>,
  written: readonly NamedStory[],
  omitted: readonly { readonly description: string; readonly why: string }[],
): string => `# ${title}

Written by recwalk ${version}: design ${code(design)}, scope ${code(scope ?? '')}. The expected outcomes are those of the design; at a step
that is not ok the kernel differs from the design.

${how}

${written.map(({ name, description }) => `- \`${name}${ending}\`: ${plain(description)}\n`).join('')}${
  omitted.length === 0
    ? ''
    : `\nLeft out:\n\n${omitted.map(({ description, why }) => `- ${plain(description)}: ${plain(why)}\n`).join('')}`
}`;
