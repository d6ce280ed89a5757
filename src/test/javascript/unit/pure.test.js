/** The tests of the pure modules, in Node. */
import test from 'node:test';
import * as authority from '../../../main/webapp/chat/authority.js';
import * as backoff from '../../../main/webapp/chat/backoff.js';
import * as closeCode from '../../../main/webapp/chat/close-code.js';
import * as problem from '../../../main/webapp/chat/problem.js';
import * as store from '../../../main/webapp/chat/store.js';
import { tests } from '../pure-tests.js';
import { golden } from './kit.js';

const client = { ...authority, ...backoff, ...closeCode, ...problem, ...store, frames: golden };

for (const [name, check] of Object.entries(tests)) test(name, () => check(client));
