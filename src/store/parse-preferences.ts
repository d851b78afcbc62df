import {PREFERENCES, type Preferences, SETTINGS_FILE} from './settings.ts';

/** What is wrong with a text that should be a config.json. */
export type Complaint =
  /** `place`: "line 3 column 9", if that is known. */
  | {readonly kind: 'syntax'; readonly place: string | undefined}
  /** Where, and the keys there that nobody knows. */
  | {readonly kind: 'shape'; readonly path: readonly string[]; readonly unknown: readonly string[]};

/** Reads a text as the file would be read, and says more of what is wrong than may be said of a file with secrets. */
export function parsePreferences(
  text: string,
): {readonly preferences: Preferences} | {readonly complaint: Complaint} {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    // The rest of that message quotes the text.
    const place = error instanceof Error ? /line \d+ column \d+/.exec(error.message)?.[0] : undefined;
    return {complaint: {kind: 'syntax', place}};
  }
  const read = PREFERENCES.schema.safeParse(json);
  if (read.success) return {preferences: read.data};
  const issue = SETTINGS_FILE.safeParse(json).error?.issues[0];
  const path = (issue?.path ?? []).map(String);
  return {
    complaint: {kind: 'shape', path, unknown: issue?.code === 'unrecognized_keys' ? issue.keys : []},
  };
}
