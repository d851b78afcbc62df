import {urlText} from '../accounts.ts';
import {isSameAccount} from '../same-key.ts';
import type {Examined} from './examine-account.ts';
import type {Finding} from './finding.ts';

/** As drivers write who somebody is: "organization org-1", "key "x", organization y", "tenant z, 3 credits". */
const ORGANIZATION = /(?:^|, )(?:organization|tenant) ([^,]+)/;

/** Accounts that are one and the same, by their keys or by what the provider says of them: reports count both. */
export async function examinePairs(examined: readonly Examined[]): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for (const [place, one] of examined.entries()) {
    for (const other of examined.slice(0, place)) {
      const what = await inCommon(other, one);
      if (what === undefined) continue;
      const names = [other.account.name, one.account.name];
      found.push({
        check: 'account',
        state: 'warning',
        message: `${names.join(' and ')} have the same ${what}: reports count what it costs twice`,
        fix: `keep one of them: ${names.map((name, index) => wayOut(name, [other, one][index])).join(', or ')}`,
      });
    }
  }
  return found;
}

async function inCommon(a: Examined, b: Examined): Promise<string | undefined> {
  const [one, other] = [a.account, b.account];
  if (one.file || other.file) return undefined;
  if (one.driver.id !== other.driver.id || urlText(one.baseUrl) !== urlText(other.baseUrl)) return undefined;
  if (a.key !== null && b.key !== null) {
    const [secret, theirs] = await Promise.all([one.secret(), other.secret()]);
    if (isSameAccount({account: one, secret}, {account: other, secret: theirs})) return 'key';
  }
  const organization = ORGANIZATION.exec(a.identity ?? '')?.[1];
  return organization !== undefined && organization === ORGANIZATION.exec(b.identity ?? '')?.[1]
    ? `organization (${organization})`
    : undefined;
}

function wayOut(name: string, examined: Examined | undefined): string {
  const {origin, driver} = examined?.account ?? {};
  return driver && origin === driver.credential.env ? `unset ${origin}` : `usage accounts remove ${name}`;
}
