import type { PathsFormat } from '../format.js';
import { beside } from '../reproducer/clients/beside.js';
import { clientScript } from '../reproducer/clients/script.js';
import { clientTeller } from '../reproducer/clients/story.js';
import { folderOf } from '../reproducer/folder.js';

const HOW = `For root, in a virtual machine, because some stories end with a dead ftrace, or with a kprobe that is still called:

    make KDIR=/lib/modules/$(uname -r)/build
    sh STORY.sh

A script does what an administrator does, with ordinary commands, and prints as KTAP what came of each action; it exits
with 0 if all of it is what the story says. Where there is no Makefile nothing has to be made.`;

/** Shell scripts of an administrator's actions, one for each path. Throws RW330, and RW331 if there is none. */
export const format: PathsFormat = {
  files: (head, paths) =>
    folderOf(head, paths, {
      to: 'sh',
      ending: '.sh',
      title: 'What an administrator does',
      how: HOW,
      instead: 'json or story',
      teller: clientTeller,
      unsayable: () => undefined,
      text: clientScript,
      besides: beside,
    }),
};
