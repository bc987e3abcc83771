import type { PathsFormat } from '../format.js';
import { clientScript } from '../reproducer/clients/script.js';
import { sharedFiles } from '../reproducer/clients/sharedFiles.js';
import { clientStoryMaker } from '../reproducer/clients/story.js';
import { folderOf } from '../reproducer/folder.js';

const HOW = `For root, in a virtual machine, because some stories end with a dead ftrace, or with a kprobe that is still called:

    make KDIR=/lib/modules/$(uname -r)/build
    sh STORY.sh

A script executes the actions of an administrator with ordinary commands, and prints the outcome of each as KTAP. It
exits with 0 if each action has the outcome that the story says. If there is no Makefile, there is nothing to build.`;

/** Shell scripts of an administrator's actions, one for each path. Throws RW330, and RW331 if there is none. */
export const format: PathsFormat = {
  files: (head, paths) =>
    folderOf(head, paths, {
      to: 'sh',
      ending: '.sh',
      title: 'Actions of an administrator',
      how: HOW,
      instead: 'json or story',
      storyMaker: clientStoryMaker,
      whyNot: () => undefined,
      text: clientScript,
      sharedFiles,
    }),
};
