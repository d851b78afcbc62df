import {readdir, readFile} from 'node:fs/promises';

const RULE = `\n${'-'.repeat(80)}\n\n`;
const COPYRIGHT = /^[ \t-]*(copyright\b|\(c\)|©).*$/gim;

/**
 * The licence texts of all packages that ended up in the bundle: their licences ask for that. Packages whose licences
 * differ in nothing but whose they are share the text.
 */
export async function thirdPartyNotices({outputs}) {
  const used = new Set();
  for (const {inputs} of Object.values(outputs)) {
    for (const [path, {bytesInOutput}] of Object.entries(inputs)) {
      const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[0];
      if (name && bytesInOutput > 0) used.add(name);
    }
  }
  const notices = new Map();
  for (const {owner, terms} of await Promise.all([...used].sort().map(notice))) {
    const key = terms.replace(/\s+/g, ' ').trim().toLowerCase();
    const known = notices.get(key) ?? {owners: [], terms};
    known.owners.push(owner);
    notices.set(key, known);
  }
  const texts = [...notices.values()].map(({owners, terms}) => `${owners.join('\n')}\n${terms}\n`);
  return `The bundle contains these packages:\n\n${texts.join(RULE)}`;
}

/** Whose a package is, and what it may be used for. */
async function notice(folder) {
  const {name, version, license} = JSON.parse(await readFile(`${folder}package.json`, 'utf8'));
  const file = (await readdir(folder)).find(entry => /^(licen[cs]e|copying)/i.test(entry));
  const text = file ? await readFile(`${folder}${file}`, 'utf8') : '';
  const marks = text.match(COPYRIGHT) ?? [];
  return {
    owner: [`${name} ${version} (${license})`, ...marks.map(line => `  ${line.trim()}`), ''].join('\n'),
    terms: text
      .replace(COPYRIGHT, '')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
  };
}
