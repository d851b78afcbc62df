import {readFile} from 'node:fs/promises';
import {describe, expect, it} from 'vitest';

const read = (path: string) => readFile(new URL(`../${path}`, import.meta.url), 'utf8');

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

const manifest: {
  readonly files: readonly string[];
  readonly scripts: {readonly [name: string]: string};
  readonly devDependencies: {readonly [name: string]: string};
  readonly [member: string]: unknown;
} = JSON.parse(await read('package.json'));
const lock: {readonly packages: {readonly [path: string]: Locked & {devDependencies?: object}}} = JSON.parse(
  await read('package-lock.json'),
);
const locked = Object.entries(lock.packages).filter(([path]) => path !== '');

describe('the lockfile', () => {
  it('has a SHA-512 of every package, and leads to no place but a registry over https', () => {
    expect(locked.length).toBeGreaterThan(100);
    expect(locked.filter(([, {integrity = ''}]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity))).toEqual(
      [],
    );
    expect(
      locked.filter(([, {resolved = 'https://', link}]) => link || !resolved.startsWith('https://')),
    ).toEqual([]);
  });

  it('is of this package.json, whose versions are exact', () => {
    expect(lock.packages['']?.devDependencies).toEqual(manifest.devDependencies);
    for (const [name, version] of Object.entries(manifest.devDependencies)) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
      expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version);
    }
  });

  it('has no install script but the one of the bundler, which only those who build run', () => {
    const scripted = locked.filter(([, {hasInstallScript}]) => hasInstallScript).map(([path]) => path);
    expect(scripted.filter(path => !/(^|\/)node_modules\/(esbuild|fsevents)$/.test(path))).toEqual([]);
  });
});

describe('the package', () => {
  it('runs nothing when it is installed, and brings nobody along', () => {
    const atInstall = ['preinstall', 'install', 'postinstall', 'preuninstall', 'postuninstall'];
    expect(Object.keys(manifest.scripts).filter(name => atInstall.includes(name))).toEqual([]);
    for (const kind of ['dependencies', 'optionalDependencies', 'peerDependencies', 'bundleDependencies'])
      expect(manifest[kind]).toBeUndefined();
  });

  it('says in the README why each package that is bundled is there', async () => {
    const readme = await read('README.md');
    const table = readme.slice(readme.indexOf('| package | why |'));
    const said = new Set(
      [...table.matchAll(/^\| ([\w@/., -]+) \|/gm)].flatMap(([, names = '']) => names.split(', ')),
    );
    const tools =
      /^(@biomejs|@types|ajv$|marked$|udsv$|esbuild$|execa$|fast-check$|knip$|typescript$|vitest$)/;
    const bundled = Object.keys(manifest.devDependencies).filter(name => !tools.test(name));
    expect(bundled.length).toBeGreaterThan(5);
    expect(bundled.filter(name => !said.has(name))).toEqual([]);
  });
});
