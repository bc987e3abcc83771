import type { Domain } from 'recwalk';
import { checkout, type Keys, type Shop } from './checkout.js';

interface Size {
  /** Whether another customer may buy the last piece. */
  readonly rival: boolean;
}

const domain: Domain<Keys, Size, Shop> = {
  name: 'checkouts',
  designs: [
    {
      name: 'new-keys',
      date: '2026-01-10',
      description: 'every try has a key of its own',
      source: 'the first release',
      features: { declined: 'new key', timedOut: 'new key' },
      breaks: ['charged-once', 'told-the-truth', 'comes-right'],
    },
    {
      name: 'kept-key',
      date: '2026-02-20',
      description: 'a try after a time-out keeps the key',
      source: 'the second release',
      features: { declined: 'new key', timedOut: 'same key' },
      breaks: [],
    },
  ],
  features: {
    declined: 'the key of the next try after a decline',
    timedOut: 'the key of the next try after a time-out',
  },
  fixes: [
    {
      name: 'keep-the-key',
      description: 'After a time-out the next try has the same key.',
      where: 'payment, on "time out"',
      drawback: 'The bank must know the key for as long as customers try.',
      change: { timedOut: 'same key' },
    },
  ],
  scopes: { alone: { rival: false }, rival: { rival: true } },
  rules: checkout('any', { declined: 'new key', timedOut: 'new key' }).rules ?? [],
  network({ name, features }, { rival }, rules) {
    const all = checkout(name, features);
    const stimuli = all.stimuli.filter(({ to }) => rival || to !== 'stock');
    return { ...all, stimuli, rules };
  },
};
export default domain;
