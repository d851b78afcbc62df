// What a user installs.
import {time} from './child.js';

const MB = 1_000_000;

/** @param lab env, peers */
export function size({env, peers}) {
  const {stdout} = time(['npm', 'pack', '--dry-run', '--json', '--ignore-scripts'], {env});
  const [{unpackedSize, size: packed}] = JSON.parse(stdout);
  const others = peers
    .filter(({sdk}) => !sdk)
    .map(
      ({name, packages, bytes}) =>
        `${name} ${packages} ${packages === 1 ? 'package' : 'packages'}, ${(bytes / MB).toFixed(1)} MB`,
    );
  return [
    {
      what: 'what a user installs: 1 package, unpacked',
      value: unpackedSize / MB,
      text: `${(unpackedSize / MB).toFixed(2)} MB`,
      goal: 2,
      floor: [`packed ${(packed / MB).toFixed(2)} MB`, ...others].join('; '),
    },
  ];
}
