// Run by bundle.ts: [bundle, directory, job]. Prints one JSON line for each thing done, or the error.
import {setTimeout as sleep} from 'node:timers/promises';

// conf's exit hook would turn the signal that comes with a full disk (in full-disk.test.ts) into the end of the process.
process.on('SIGXFSZ', () => {});

const [bundle, directory, job] = process.argv.slice(2);
const {openStore} = await import(bundle);
const store = openStore({
  directory,
  platform: 'linux',
  clock: {sleep},
  warn: message => console.error(message),
});
const {do: action, names = [], settings = {}} = JSON.parse(job);

try {
  if (action === 'list') console.log(JSON.stringify((await store.list()).map(account => account.name)));
  for (const name of names) {
    await store.save({name, provider: 'acme', secret: `secret-of-${name}`, addedAt: 0, settings});
    console.log(JSON.stringify(name));
  }
} catch (error) {
  console.log(JSON.stringify({name: error.constructor.name, code: error.code, message: error.message}));
  process.exitCode = 3;
}
