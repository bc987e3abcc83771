import { functionsIn } from '../../../../machines/clients/client.js';
import type { ReproducerFile } from '../../../../machines/clients/reproducer.js';
import { ATTACH } from './attach.js';
import { FUNCTIONS, toolsOf } from './functions.js';
import { type ClientActors, type ClientStory, clientsIn } from './story.js';

const modulesOf = (clients: readonly ClientActors[], scope: ClientStory['scope']) =>
  clients.flatMap(({ reproducer, actors }) => reproducer.modules?.(actors, scope) ?? []);
/** Programs of user space: one that attaches BPF programs, and those that call a function. */
const toolsFor = (clients: readonly ClientActors[], scope: ClientStory['scope']) => {
  const numbers = functionsIn(scope);
  return [
    ...(programsOf(clients).length > 0 ? [{ name: 'attach.c', text: ATTACH }] : []),
    ...toolsOf(FUNCTIONS.filter(({ number }) => numbers.includes(number))),
  ];
};
const programsOf = (clients: readonly ClientActors[]) =>
  clients.flatMap(({ reproducer, actors }) => reproducer.programs?.(actors) ?? []);

/** The sources that the stories of a folder need: kernel modules, BPF programs, and a tool that attaches these. */
export function sharedFiles(stories: readonly ClientStory[]): readonly ReproducerFile[] {
  const clients = clientsIn(stories);
  const modules = modulesOf(clients, stories[0]!.scope);
  const programs = programsOf(clients);
  const tools = toolsFor(clients, stories[0]!.scope);
  if (modules.length + programs.length + tools.length === 0) return [];
  return [
    ...modules,
    ...programs,
    ...tools,
    { name: 'Makefile', text: makefile(modules, programs, tools) },
  ];
}

/** The files that `make` builds for a story. */
export const builtFor = ({ clients, scope }: ClientStory): readonly string[] => {
  const programs = programsOf(clients);
  return [
    ...modulesOf(clients, scope).map(({ name }) => name.replace(/c$/, 'ko')),
    ...programs.map(object),
    ...toolsFor(clients, scope).map(program),
  ];
};

const program = ({ name }: ReproducerFile) => name.replace(/\.c$/, '');
const object = ({ name }: ReproducerFile) => name.replace(/c$/, 'o');

function makefile(
  modules: readonly ReproducerFile[],
  programs: readonly ReproducerFile[],
  tools: readonly ReproducerFile[],
): string {
  const all = [
    ...(modules.length > 0 ? ['modules'] : []),
    ...programs.map(object),
    ...tools.map(program),
  ];
  const forPrograms = `
%.bpf.o: %.bpf.c
	clang -target bpf -O2 -g -c $< -o $@

attach: attach.c
	$(CC) -O2 -o $@ $< -lbpf
`;
  const forModules = `
modules:
	$(MAKE) -C $(KDIR) M=$(CURDIR) $@
`;
  return `# SPDX-License-Identifier: MIT OR GPL-2.0
ifneq ($(KERNELRELEASE),)
obj-m := ${modules.map(object).join(' ')}
else
KDIR ?= /lib/modules/$(shell uname -r)/build

all: ${all.join(' ')}
${programs.length > 0 ? forPrograms : ''}${modules.length > 0 ? forModules : ''}endif
`;
}
