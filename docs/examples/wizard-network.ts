import { machineNetwork } from 'recwalk';
import { wizard } from './wizard.js';

export default machineNetwork(wizard, { events: [{ type: 'fill', field: 'name', text: 'Ada' }] });
