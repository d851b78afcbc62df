import {GRANULARITIES} from '../core/bucket.ts';
import {flagOf} from '../core/dimension.ts';
import {FLAG, jsonDocument, list, object, oneOf, TEXT} from '../core/json-schema.ts';
import {type Driver, kindsOf, type Source} from '../drivers/driver.ts';
import {drivers} from '../drivers/index.ts';
import {hanging} from '../render/fold.ts';

/** Everything that the drivers say of themselves, as text or as JSON. Text is wrapped where the width of a terminal is known. */
export const listProviders = (asJson: boolean, width?: number): string =>
  asJson
    ? `${JSON.stringify({schema: 'usage/providers@1', providers: drivers.map(toJson)}, null, 2)}\n`
    : drivers.map(driver => toText(driver, width)).join('\n');

const NAMES = list(TEXT);

/** The JSON of `usage providers`. */
export const PROVIDERS_SCHEMA = jsonDocument(
  'usage/providers@1',
  'usage providers: what each of them can report',
  {
    providers: list(
      object({
        id: TEXT,
        title: TEXT,
        docs: TEXT,
        base_url: TEXT,
        credential: object({env: TEXT, label: TEXT, url: TEXT}),
        settings: list(object({name: TEXT, env: TEXT, description: TEXT})),
        sources: list(
          object({
            id: TEXT,
            billed: FLAG,
            kinds: NAMES,
            metrics: list(object({kind: TEXT, name: TEXT, unit: TEXT, statistic: oneOf(['sum', 'mean'])})),
            group_by: NAMES,
            group_by_at_once: oneOf(['any', 'one']),
            filters_at_the_api: NAMES,
            granularities: list(oneOf(GRANULARITIES)),
          }),
        ),
        remarks: NAMES,
      }),
    ),
  },
);

const toJson = (driver: Driver) => ({
  id: driver.id,
  title: driver.title,
  docs: driver.docsUrl,
  base_url: driver.baseUrl,
  credential: {env: driver.credential.env, label: driver.credential.label, url: driver.credential.url},
  settings: driver.settings.map(({name, env, description}) => ({name, env, description})),
  sources: driver.sources.map(source => ({
    id: source.id,
    billed: source.billed,
    kinds: kindsOf(source),
    metrics: source.metrics.map(({kind, name, unit, statistic}) => ({kind, name, unit, statistic})),
    group_by: source.dimensions,
    group_by_at_once: source.splits,
    filters_at_the_api: source.filters,
    granularities: source.granularities,
  })),
  remarks: driver.remarks,
});

function toText(driver: Driver, width: number | undefined): string {
  const {credential} = driver;
  const lines: readonly (readonly [label: string, text: string])[] = [
    ['', `${driver.title} (${driver.id})`],
    ['  key        ', `${credential.env}: ${credential.label}, made at ${credential.url}`],
    ...driver.settings.map(({env, description}) => ['  setting    ', `${env}: ${description}`] as const),
    ...driver.sources.map(source => [`  ${source.id.padEnd(26)} `, abilities(source)] as const),
    ...driver.remarks.map(remark => ['  · ', remark] as const),
  ];
  return lines
    .flatMap(([label, text]) => hanging(label, label.length, text, width))
    .map(line => `${line}\n`)
    .join('');
}

function abilities(source: Source): string {
  const what = [
    ...(source.billed ? ['costs'] : []),
    ...kindsOf(source).filter(kind => kind !== source.id),
  ].join(', ');
  const by = source.dimensions.map(flagOf).join(', ');
  const combined = source.splits === 'one' && source.dimensions.length > 1 ? 'one of ' : '';
  return `${what ? `${what} ` : ''}by ${combined}${by}; each ${source.granularities.join(', ')}`;
}
