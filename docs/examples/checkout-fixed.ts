import { checkout } from './checkout.js';

export default checkout('fixed', { declined: 'new key', timedOut: 'same key' });
