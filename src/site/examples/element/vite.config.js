import { defineConfig } from 'vite';
import { policy, portal } from '../portal.js';

export default defineConfig({ plugins: [portal(), policy()], build: { modulePreload: { polyfill: false } } });
