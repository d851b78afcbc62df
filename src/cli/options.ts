import {type Command, Option} from 'commander';
import {GRANULARITIES} from '../core/bucket.ts';
import {DIMENSION_NAMES, DIMENSIONS, flagOf, isIntrinsic, type LabelDimension} from '../core/dimension.ts';
import {PERIOD_FORMS} from '../core/parse-period.ts';
import {FORMATS} from '../render/renderer.ts';
import {gather} from './choice.ts';

/** Flags of report, costs and usage, as typed; parse-query makes a Query of them. */
export interface ReportFlags {
  readonly period?: string;
  readonly from?: string;
  readonly to?: string;
  readonly bucket?: string;
  readonly groupBy?: readonly string[];
  readonly provider?: readonly string[];
  readonly account?: readonly string[];
  readonly cost?: string;
  readonly batch?: boolean;
  readonly compare?: string;
  readonly sort?: string;
  readonly top?: string;
  readonly wide?: boolean;
  readonly kind?: readonly string[];
  readonly format?: string;
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly fields?: readonly string[];
  readonly output?: string;
  readonly strict?: boolean;
  readonly timeout?: string;
  readonly concurrency?: string;
  readonly demo?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly debug?: boolean;
  readonly color?: boolean;
  readonly interactive?: boolean;
  /** Filters by the camelCase of their flag: `apiKey`, `lineItem` … */
  readonly [filter: string]: unknown;
}

/** Every label can be filtered by; batch is a switch and has its own two flags. */
export const FILTER_DIMENSIONS: readonly LabelDimension[] = DIMENSION_NAMES.filter(
  (dimension): dimension is LabelDimension => !isIntrinsic(dimension) && dimension !== 'batch',
);

/** A repeatable comma list. */
export const list = (flags: string, description: string): Option =>
  new Option(flags, description).argParser(gather);

/** The flags that report, costs and usage share, under headings. */
export function addReportOptions(command: Command): Command {
  command
    .optionsGroup('Time (all in UTC):')
    .option('-p, --period <period>', `${PERIOD_FORMS} (default: mtd)`)
    .option('--from <date>', 'first day, included; or an RFC 3339 instant')
    .option('--to <date>', 'last day, included; or an instant, excluded')
    .option('-b, --bucket <width>', `a row for each ${GRANULARITIES.join(', ')}`)
    .option('--compare <period>', 'previous, none, or any period')
    .optionsGroup('What to show:')
    .addOption(
      list('-g, --group-by <dims>', `comma list of ${DIMENSION_NAMES.map(flagOf).join(', ')}; or none`),
    )
    .option('--sort <field[:asc|desc]>', 'any column')
    .option('--top <n>', 'keep n groups, add up the rest in (other)')
    .addOption(list('--fields <a,b,c>', 'columns, in this order; "help" lists them'))
    .optionsGroup('Filters (ids or names; repeat or use commas):')
    .addOption(list('--provider <ids>', 'only these providers'))
    .addOption(list('--account <names>', 'only these accounts'));
  for (const dimension of FILTER_DIMENSIONS) {
    command.addOption(
      list(
        `--${flagOf(dimension)} <values>`,
        FILTER_HELP[dimension] ?? `only these ${inSentence(pluralOf(dimension))}`,
      ),
    );
  }
  command
    .option('--cost <kind>', 'of a FOCUS file: billed, effective, list, contracted (default: billed)')
    .option('--batch', 'batch jobs only')
    .option('--no-batch', 'all but batch jobs');
  return addFetchOptions(addOutputOptions(command));
}

/** Format, file, and what is said on stderr. */
export const addOutputOptions = (command: Command): Command =>
  command
    .optionsGroup('Output:')
    .option('-f, --format <format>', `${FORMATS.join(', ')} (default: table)`)
    .option('--json', 'short for --format json')
    .option('--csv', 'short for --format csv')
    .option('-o, --output <file>', 'written whole or not at all')
    .option('--no-color', 'no colour')
    .option('-q, --quiet', 'no notices')
    .option('-v, --verbose', 'say more on stderr')
    .option('--debug', 'list every request on stderr');

/** How providers are asked. */
export const addFetchOptions = (command: Command): Command =>
  command
    .optionsGroup('Fetching:')
    .option('--strict', 'print nothing if any provider fails')
    .option('--timeout <seconds>', 'for each request (default: 30)')
    .option('--concurrency <n>', 'requests in flight for each provider (default: 8)')
    .option('--demo', 'made-up data from an embedded server; no account needed');

/** Where more than the name of the dimension is to be said. */
const FILTER_HELP: {readonly [D in LabelDimension]?: string} = {
  source: 'a FOCUS file or address to report on instead; or only these sources of images',
};

const pluralOf = (dimension: LabelDimension): string =>
  `${DIMENSIONS[dimension].title}s`.replace(/(?<![aeiou])ys$/, 'ies');

/** "Line item" as "line item", but "API key" as it is. */
const inSentence = (title: string): string => title.replace(/^[A-Z](?![A-Z])/, first => first.toLowerCase());
