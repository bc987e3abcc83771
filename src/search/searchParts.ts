import type { PropertyMonitor } from '../properties/propertyMonitor.js';
import type { StateQuotient } from '../reduce/stateQuotient.js';
import type { EffectCache } from './effectCache.js';
import type { Observer } from './observer.js';
import type { SearchBudget } from './searchBudget.js';

/** The parts that all phases of one search share. */
export interface SearchParts<W> {
  readonly monitor: PropertyMonitor<W>;
  readonly observer: Observer;
  readonly reduction: StateQuotient<W> | undefined;
  readonly budget: SearchBudget;
  readonly cells: EffectCache<W>;
}
