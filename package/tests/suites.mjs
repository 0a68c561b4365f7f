// The suites that run in Node, in pages and in workers.

import { tests as calls } from './calls.mjs';
import { tests as cases } from './cases.mjs';
import { tests as lasting } from './lasting.mjs';
import { tests as samples } from './samples.mjs';
import { tests as states } from './states.mjs';
import { tests as values } from './values.mjs';

export const suites = { calls, cases, lasting, samples, states, values };
