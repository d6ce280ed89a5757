import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { policy, portal } from '../portal.js';

export default defineConfig({ plugins: [vue(), portal(), policy({ trustedTypes: 'vue' })], build: { modulePreload: { polyfill: false } } });
