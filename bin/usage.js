#!/usr/bin/env node
import module from 'node:module';

process.env.NODE_ENV ??= 'production'; // React and Ink load their small builds
module.enableCompileCache?.(); // Node 22 and later

const {main} = await import('../dist/main.js');
process.exitCode = await main();
