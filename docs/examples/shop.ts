import type { Stimulus } from 'recwalk';
import type { System } from 'recwalk/fast-check';

/** A shop in production, without a machine. Its bank is a stand-in that answers on command. */
export class Shop {
  #order: 'open' | 'paying' | 'sold' | 'cancelled' = 'open';
  #stock: 'there' | 'held' | 'gone' = 'there';
  #key = 1;
  /** The decision of the bank on each key; `asked`: none yet. */
  readonly #bank = new Map<number, 'asked' | 'booked' | 'declined'>();
  #said: string[] = [];

  /** `careless`: after a time-out it takes another key, as if the bank had not received the first. */
  constructor(readonly careless = false) {}

  get charges(): number {
    return [...this.#bank.values()].filter((fate) => fate === 'booked').length;
  }

  /** Messages to customers since the last call of this method. */
  emitted(): string[] {
    const emitted = this.#said;
    this.#said = [];
    return emitted;
  }

  checkOut(): void {
    if (this.#stock === 'gone') {
      this.cancel();
      return;
    }
    this.#stock = 'held';
    this.#order = 'paying';
    const known = this.#bank.get(this.#key);
    if (known === 'booked') this.#sell();
    else if (known === 'declined') this.#fail(true);
    else this.#bank.set(this.#key, 'asked');
  }

  cancel(): void {
    this.#bank.delete(this.#key);
    this.#order = 'cancelled';
    this.#said.push('cancelled');
  }

  sellToAnother(): void {
    this.#stock = 'gone';
  }

  timeOut(): void {
    this.#fail(this.careless);
  }

  /** The bank decides; its answer may be lost. */
  decide(key: number, fate: 'booked' | 'declined', heard = true): void {
    this.#bank.set(key, fate);
    if (!heard || this.#order !== 'paying' || key !== this.#key) return;
    if (fate === 'booked') this.#sell();
    else this.#fail(true);
  }

  #sell(): void {
    this.#order = 'sold';
    this.#stock = 'gone';
    this.#said.push('sold');
  }

  #fail(takesNewKey: boolean): void {
    if (takesNewKey) this.#key++;
    this.#order = 'open';
    this.#stock = 'there';
    this.#said.push('please try again');
  }
}

/** The calls of the model in words of the shop, and what is seen of it in words of the model. */
export const shop = (careless = false): System<Shop> => ({
  create: () => new Shop(careless),
  send: (shop, { message }: Stimulus) => {
    const key = message.key as number;
    switch (message.type) {
      case 'check out':
        return shop.checkOut();
      case 'cancel':
        return shop.cancel();
      case 'sell to another':
        return shop.sellToAnother();
      case 'time out':
        return shop.timeOut();
      case 'agree':
        return shop.decide(key, 'booked');
      case 'agree unheard':
        return shop.decide(key, 'booked', false);
      case 'decline':
        return shop.decide(key, 'declined');
      default:
        throw new Error(`the shop knows no ${message.type}`);
    }
  },
  read: (shop) => [...shop.emitted(), `charges: ${shop.charges}`],
});
