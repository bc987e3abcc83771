import type { Fairness, LivenessRule, Network } from 'recwalk';
import { setup } from 'xstate';

/** One upload: it waits for the line, sends, and is idle again. */
const upload = setup({}).createMachine({
  initial: 'idle',
  states: {
    idle: { on: { begin: 'waiting' } },
    waiting: { on: { send: 'sending' } },
    sending: { on: { finish: 'idle' } },
  },
});

/** The line that both uploads share. */
const line = setup({}).createMachine({
  initial: 'free',
  states: { free: { on: { take: 'busy' } }, busy: { on: { release: 'free' } } },
});

interface Uploads {
  readonly a: 'idle' | 'waiting' | 'sending';
}

/** Users begin when they like. The program itself takes the line and releases it, for one upload or the other. */
const byUpload: Fairness['weak'] = ({ message }) => message.for as string | undefined;

const served = (id: string, fair?: Fairness): LivenessRule<Uploads> => ({
  id,
  description: `Upload a, once it waits, is sent${fair ? `, with ${Object.keys(fair)} fairness` : ''}.`,
  source: 'an example',
  leadsTo: { from: ({ a }) => a === 'waiting', to: ({ a }) => a === 'sending' },
  ...(fair && { fair }),
});

const network: Network<Uploads> = {
  name: 'uploads',
  description: 'two uploads share a line',
  components: [
    { name: 'a', machine: upload },
    { name: 'b', machine: upload },
    { name: 'line', machine: line },
  ],
  stimuli: ['a', 'b'].flatMap((name) => [
    { to: name, message: { type: 'begin' }, description: `${name} begins` },
    {
      to: 'line',
      message: { type: 'take', for: name },
      also: [{ type: 'send', to: name }],
      description: `${name} takes the line`,
    },
    {
      to: 'line',
      message: { type: 'release', for: name },
      also: [{ type: 'finish', to: name }],
      description: `${name} releases the line`,
    },
  ]),
  world: (select) => {
    const a = select('a');
    return {
      get a() {
        return a().value as Uploads['a'];
      },
    };
  },
  rules: [
    served('served'),
    served('served-weakly', { weak: byUpload }),
    served('served-strongly', { strong: byUpload }),
  ],
};
export default network;
