import type { PathsFormat } from '../format.js';
import { folderOf } from '../reproducer/folder.js';
import { scriptOf } from '../reproducer/script.js';
import { whyNoScript } from '../reproducer/shellCalls.js';
import { storyMaker } from '../reproducer/story.js';

const HOW = `Each is a test of ftracetest (tools/testing/selftests/ftrace), for a virtual machine, because some stories end with a dead
ftrace:

    ./ftracetest STORY.tc

They trace functions that a read of a /proc file calls. A test fails at the first step with an unexpected outcome.`;

/** Tests of ftracetest, one for each path. Throws RW330, and RW331 if none of the paths can be one. */
export const format: PathsFormat = {
  files: (head, paths) =>
    folderOf(head, paths, {
      to: 'tc',
      ending: '.tc',
      title: 'Tests of ftrace',
      how: HOW,
      instead: 'c, json or story',
      storyMaker,
      whyNot: whyNoScript,
      text: scriptOf,
      sharedFiles: () => [],
    }),
};
