import { Fault } from '../../model/fault.js';
import type { PathsHead, ToldPath } from '../format.js';
import { type Story, storyteller } from './story.js';

/** A file of the folder. */
export interface StoryFile {
  readonly name: string;
  readonly text: string;
}

/** What a folder of stories is made of. */
export interface Folder {
  /** As --to has it. */
  readonly to: string;
  /** Of the stories' files. */
  readonly ending: string;
  readonly title: string;
  /** How they are run. */
  readonly how: string;
  /** Why a story cannot be one of the files, if it cannot. */
  unsayable(story: Story): string | undefined;
  text(story: Story): string;
  /** Files that are there for the stories of these names. */
  besides(names: readonly string[]): readonly StoryFile[];
}

/** A file for each path that can be one, and a README. Throws RW330, and RW331 if none can. */
export async function* folderOf(
  head: PathsHead,
  paths: AsyncIterable<ToldPath>,
  folder: Folder,
): AsyncIterable<StoryFile> {
  const tell = storyteller(head, folder.to);
  const told: Story[] = [];
  const left: { readonly says: string; readonly why: string }[] = [];
  for await (const path of paths) {
    const story = tell(path);
    const why = folder.unsayable(story);
    if (why === undefined) {
      yield { name: story.name + folder.ending, text: folder.text(story) };
      told.push({ ...story, steps: [] });
    } else left.push({ says: story.says, why });
  }
  if (told.length === 0)
    throw new Fault(
      'RW331',
      `none of the paths of ${head.design} can be said --to ${folder.to}: ${left[0]?.why ?? 'there is none'}; type --to ${folder.to === 'c' ? '' : 'c, '}json or story, or another --scope`,
    );
  yield* folder.besides(told.map(({ name }) => name));
  yield { name: 'README.md', text: readme(head, folder, told, left) };
}

const readme = (
  { version, design, scope }: PathsHead,
  { title, how, ending }: Folder,
  told: readonly Story[],
  left: readonly { readonly says: string; readonly why: string }[],
): string => `# ${title}

Written by recwalk ${version}: design \`${design}\`, scope \`${scope}\`. What is expected is what the design says; a step that
is not as expected is where a kernel departs from the design.

${how}

${told.map(({ name, says }) => `- \`${name}${ending}\`: ${says}\n`).join('')}${
  left.length === 0
    ? ''
    : `\nNot here:\n\n${left.map(({ says, why }) => `- ${says}: ${why}\n`).join('')}`
}`;
