import { checkout } from './checkout.js';

export default checkout('mended', { declined: 'new key', timedOut: 'same key' });
