import { checkout } from './checkout.js';

export default checkout('one key', { declined: 'same key', timedOut: 'same key' });
