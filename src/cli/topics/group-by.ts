import {DIMENSION_NAMES, DIMENSIONS, flagOf, isIntrinsic} from '../../core/dimension.ts';
import {canSplit, type Driver} from '../../drivers/driver.ts';
import {drivers} from '../../drivers/index.ts';
import {type Entry, entries, page, paragraph, type Section, sample} from '../page.ts';

/** `usage help group-by`: from what the drivers say they can. */
export const groupBy = (): Section =>
  page(
    paragraph(
      'A report has one row for each combination of what --group-by names, in that order; by default one for each provider, and with "none" a single one. What a provider cannot split stands in a row (unattributed), and a note says so. If none of them can, that is an error.',
    ),
    entries(
      '--group-by',
      DIMENSION_NAMES.map((dimension): Entry => {
        if (isIntrinsic(dimension)) return [flagOf(dimension), `${DIMENSIONS[dimension].title}: everywhere`];
        const able = drivers.flatMap(driver => {
          const billed = driver.sources.some(source => source.billed && canSplit(source, dimension));
          const metered = driver.sources.some(
            source => source.metrics.length > 0 && canSplit(source, dimension),
          );
          if (!billed && !metered) return [];
          const what = billed && metered ? 'costs and usage' : billed ? 'costs' : 'usage';
          return [`${driver.title} ${what}`];
        });
        return [flagOf(dimension), able.join(', ') || 'FOCUS files only: usage focus import'];
      }),
    ),
    paragraph(oneAtATime()),
    entries('Rows that stand for what has no name', [
      ['(unattributed)', 'was billed without that label, or the provider cannot split by it'],
      ['(other)', 'was cut off by --top, or by a provider that lists only the largest'],
    ]),
    paragraph(
      'Every dimension is a filter too: --project, --user, --model and so on take ids or names, as a comma list or repeated. A comma inside a name is written \\, .',
    ),
    sample('Examples', [
      'usage report --group-by project',
      'usage costs --group-by project,line-item --top 10',
      'usage usage --group-by model,service-tier --kind completions',
    ]),
  );

function oneAtATime(): string {
  const single = drivers.filter(isSingle).map(({title}) => title);
  return single.length === 0
    ? 'Every provider splits by several at once.'
    : `${single.join(' and ')} split${single.length === 1 ? 's' : ''} by one dimension at a time: the first of the list that it knows.`;
}

const isSingle = ({sources}: Driver): boolean =>
  sources.every(({splits, dimensions}) => splits === 'one' && dimensions.length > 1);
