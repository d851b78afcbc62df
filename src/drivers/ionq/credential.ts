import type {CredentialSpec} from '../driver.ts';

/** IonQ's key, as it stands in `Authorization: apiKey <key>`. */
export const credential: CredentialSpec = {
  label: 'API key',
  env: 'IONQ_API_KEY',
  url: 'https://cloud.ionq.com/settings/keys',
  hint: "The usage of the whole organization needs a key of one of the organization's owners.",
  objection(secret) {
    const scheme = /^(apiKey|Bearer)\b[\s:]/i.exec(secret)?.[1];
    if (scheme) return `it begins with "${scheme}": give the key alone`;
    if (secret === '') return 'it is empty';
    return /^[\x21-\x7e]+$/.test(secret) ? undefined : 'it holds white space or characters that no key has';
  },
};

export const headers = (secret: string): {readonly [name: string]: string} => ({
  authorization: `apiKey ${secret}`,
});
