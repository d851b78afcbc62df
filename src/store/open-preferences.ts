import {changeDocument, openFolder, type StoreOptions} from './folder.ts';
import {PREFERENCES, type Preferences} from './settings.ts';

/** config.json alone. Every method throws StoreError if the file is unsound; none repairs it. */
export interface PreferenceStore {
  readonly path: string;
  /** What a missing file stands for if there is none. */
  read(): Promise<Preferences>;
  /**
   * Replaces the file, under the lock, with what `edit` makes of it, and gives that. `edit` may run twice and may
   * throw; then nothing was changed.
   */
  change(edit: (now: Preferences) => Preferences): Promise<Preferences>;
  /** The text of the file, sound or not; undefined if there is none. */
  text(): Promise<string | undefined>;
  /** Puts `next` in the place of that very text. False, and nothing changed, if it is another one by now. */
  replace(text: string | undefined, next: Preferences): Promise<boolean>;
}

/** Touches the disk only when asked for something, and conf only for a change. */
export function openPreferences(options: StoreOptions): PreferenceStore {
  const folder = openFolder(options);
  const document = folder.document(PREFERENCES);
  return {
    path: document.path,
    read: () => document.read(),
    change: edit => changeDocument(folder, document, edit),
    text: () => document.text(),
    replace: (text, next) =>
      folder.change(async lock => {
        if ((await document.text()) !== text) return false;
        await document.write(next, lock);
        return true;
      }),
  };
}
