import type { PathsFormat } from '../format.js';
import { folderOf } from '../reproducer/folder.js';
import { moduleOf } from '../reproducer/module.js';
import { whyNoModule } from '../reproducer/needs.js';
import { storyMaker } from '../reproducer/story.js';

const HOW = `For x86-64, made for Linux 6.1 and 6.12; in a virtual machine, because some stories end with a dead ftrace:

    make KDIR=/lib/modules/$(uname -r)/build
    insmod STORY.ko
    dmesg

insmod plays the story with functions of the module's own; the kernel's log has its steps as KTAP. Each file is complete,
so you can send it alone. A module stays until the next boot, because pointers that a broken rule left may point into it.`;

const makefile = (names: readonly string[]) => `# SPDX-License-Identifier: MIT OR GPL-2.0
ifneq ($(KERNELRELEASE),)
${names.map((name) => `obj-m += ${name}.o\n`).join('')}else
KDIR ?= /lib/modules/$(shell uname -r)/build

modules clean:
	$(MAKE) -C $(KDIR) M=$(CURDIR) $@
endif
`;

/** Kernel modules, one for each path. Throws RW330, and RW331 if none of the paths can be one. */
export const format: PathsFormat = {
  files: (head, paths) =>
    folderOf(head, paths, {
      to: 'c',
      ending: '.c',
      title: 'Kernel modules',
      how: HOW,
      instead: 'json or story',
      storyMaker,
      whyNot: whyNoModule,
      text: moduleOf,
      sharedFiles: (files) => [{ name: 'Makefile', text: makefile(files.map(({ name }) => name)) }],
    }),
};
