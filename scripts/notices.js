import {readdir, readFile} from 'node:fs/promises';

/** The licence texts of all packages that ended up in the bundle: their licences ask for that. */
export async function thirdPartyNotices({outputs}) {
  const used = new Set();
  for (const {inputs} of Object.values(outputs)) {
    for (const path of Object.keys(inputs)) {
      const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[0];
      if (name) used.add(name);
    }
  }
  const notices = await Promise.all([...used].sort().map(notice));
  return `The bundle contains these packages:\n\n${notices.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

async function notice(folder) {
  const {name, version, license} = JSON.parse(await readFile(`${folder}package.json`, 'utf8'));
  const file = (await readdir(folder)).find(entry => /^(licen[cs]e|copying)/i.test(entry));
  const text = file ? await readFile(`${folder}${file}`, 'utf8') : '';
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}
