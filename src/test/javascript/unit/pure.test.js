/** The tests of the pure modules, in Node. */
import test from 'node:test';
import * as authority from '../../../main/webapp/chat/authority.js';
import * as backoff from '../../../main/webapp/chat/backoff.js';
import * as closeCode from '../../../main/webapp/chat/close-code.js';
import * as fold from '../../../main/webapp/chat/message/fold.js';
import * as permalink from '../../../main/webapp/chat/message/permalink.js';
import * as quote from '../../../main/webapp/chat/message/quote.js';
import * as rights from '../../../main/webapp/chat/message/rights.js';
import * as problem from '../../../main/webapp/chat/problem.js';
import * as store from '../../../main/webapp/chat/store.js';
import { tests as messages } from '../message-tests.js';
import { tests as pure } from '../pure-tests.js';
import { golden } from './kit.js';

const client = { ...authority, ...backoff, ...closeCode, ...fold, ...permalink, ...problem, ...quote, ...rights, ...store, frames: golden };

for (const [name, check] of Object.entries({ ...pure, ...messages })) test(name, () => check(client));
