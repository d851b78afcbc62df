/** Flags of `usage budget`, as typed. */
export interface SetFlags {
  readonly currency?: string;
  readonly period?: string;
  readonly starts?: string;
  readonly cycleDay?: string;
  readonly warn?: readonly string[];
  readonly json?: boolean;
}

export interface RemoveFlags {
  readonly period?: string;
  readonly all?: boolean;
  readonly json?: boolean;
}

/** Flags of the commands that ask providers. */
export interface AskFlags {
  readonly format?: string;
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly fields?: readonly string[];
  readonly output?: string;
  readonly timeout?: string;
  readonly concurrency?: string;
  readonly demo?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly debug?: boolean;
  readonly color?: boolean;
}

export interface ListFlags extends AskFlags {
  /** False: only what is kept here. */
  readonly providers?: boolean;
  readonly all?: boolean;
}

export interface CheckFlags extends AskFlags {
  readonly at?: string;
  readonly forecast?: boolean;
  readonly failOpen?: boolean;
  readonly notify?: readonly string[];
  readonly notifyAs?: string;
  readonly exec?: readonly string[];
}

export interface ImportFlags {
  readonly replace?: boolean;
  readonly json?: boolean;
}

export interface ExportFlags {
  readonly output?: string;
}
