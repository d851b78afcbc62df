import {EXIT_CODES} from '../guide.ts';
import {type Entry, entries, page, paragraph, type Section, sample} from '../page.ts';

/** `usage help exit-codes`. */
export const exitCodes = (): Section =>
  page(
    entries(
      'Exit codes',
      Object.entries(EXIT_CODES).map(([code, meaning]): Entry => [code, meaning]),
    ),
    paragraph(
      'With --json an error is one JSON object on stderr: {"error": {"code", "message", "provider", "hint"}}. Nothing is on stdout then, except with 6 and 7, where the answer is.',
    ),
    sample('Examples', ['usage costs --period yesterday --strict --csv > day.csv || echo "ended: $?"']),
  );
