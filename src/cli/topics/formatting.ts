import {entries, page, paragraph, type Section, sample} from '../page.ts';

/** `usage help formatting`. */
export const formatting = (): Section =>
  page(
    paragraph(
      'stdout holds the answer and nothing else, whole or not at all; notes, progress and errors go to stderr.',
    ),
    entries('--format', [
      [
        'table',
        'for people, and the only format that rounds. Figures are never cut; columns that do not fit are left out, and named on stderr',
      ],
      [
        'json',
        'one document with totals, sources and notices; usage schema prints its shape; --json for short',
      ],
      ['ndjson', 'one row a line, without the envelope'],
      [
        'csv, tsv',
        'a head and the rows, exact; text that a spreadsheet would run is defused; --csv for short',
      ],
      ['markdown', 'a table for issues, wikis and chats'],
    ]),
    entries('What is shown', [
      ['--fields a,b', 'columns, in this order, in every format; "help" lists them'],
      ['--sort field', 'any column; field:asc or field:desc; money and counts come largest first'],
      ['--top n', 'that many groups, the rest added up in (other)'],
      ['--output file', 'written beside its place and then moved there'],
    ]),
    entries('Marks', [
      ['*', 'figures that may still change'],
      ['(other)', 'what --top or a provider cut off'],
      ['(unattributed)', 'what carries no such label'],
      ['!', 'a provider failed: what is printed is whole for the others only'],
      ['an empty cell', 'not reported, which is not zero; null in JSON'],
      ['<$0.01', 'more than nothing, less than what is shown'],
      ['·', 'in a trend: a day of which nothing was reported'],
    ]),
    entries('Colour and width', [
      ['NO_COLOR', 'if set: no colour; so does --no-color'],
      ['FORCE_COLOR', 'if set: colour in a pipe, too; 0 is none'],
      ['COLUMNS', 'the width; else that of the terminal, and 120 in a pipe (help: at most 80)'],
    ]),
    paragraph('Colour never says anything that a word or a sign does not say as well.'),
    sample('Examples', [
      'usage report --fields project_name,cost,change --group-by project',
      'usage costs --format markdown --period last-month',
      'usage costs --json | jq -r \'.totals[] | "\\(.cost) \\(.currency)"\'',
    ]),
  );
